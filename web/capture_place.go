package web

import (
	"errors"
	"strings"

	"haven/schema"
	"haven/schema/gazetteer"
)

// longestPlace is the most words a place's name is looked for in: "stoke on trent", "bath and north east somerset".
const longestPlace = 5

// place reads the longest name of a place that stands here: an area to avoid where a negation reaches it, else where she is now.
func (c *capture) place() bool {
	for n := min(longestPlace, len(c.words)-c.at); n > 0; n-- {
		if !c.mayName(n) {
			continue
		}
		area, err := c.places.Find(joinWords(c.words[c.at : c.at+n]))
		var several *gazetteer.AmbiguousError
		switch {
		case errors.As(err, &several):
			c.at += n
			c.several(several.Candidates, n)
			return true
		case err == nil:
			c.at += n
			c.one(area, n)
			return true
		}
	}
	return false
}

// mayName keeps a name from reaching over a word that turns or negates.
func (c *capture) mayName(n int) bool {
	first, last := c.words[c.at], c.words[c.at+n-1]
	if small[first] || n > 1 && small[last] {
		return false
	}
	for i := c.at; i < c.at+n; i++ {
		if turns[c.words[i]] || c.words[i] == "," {
			return false
		}
		for _, p := range negations {
			if c.words[i] == p {
				return false
			}
		}
	}
	return true
}

func (c *capture) one(area schema.Area, n int) {
	if !c.mayBeNow() {
		c.avoid(area)
		c.doubt = avoided
		return
	}
	if c.out.NowIn != nil {
		c.out.Unused = append(c.out.Unused, joinWords(c.words[c.at-n:c.at])+" (where she is now, or not safe?)")
		return
	}
	c.out.NowIn, c.clauseNow, c.doubt = &area, true, plain
}

// several areas bear the name. Those to avoid are all avoided until somebody says which; where she is now is not guessed.
func (c *capture) several(candidates []schema.Area, n int) {
	if !c.mayBeNow() {
		for _, a := range candidates {
			c.avoid(a)
		}
		c.doubt = avoided
		return
	}
	c.out.Unused = append(c.out.Unused, joinWords(c.words[c.at-n:c.at])+" (more than one place has that name)")
}

// mayBeNow: nothing that was said before makes a place one to avoid.
func (c *capture) mayBeNow() bool { return c.doubt == plain || c.doubt == listed }

func (c *capture) avoid(area schema.Area) {
	for _, a := range c.out.Avoid {
		if a.Code == area.Code {
			return
		}
	}
	c.out.Avoid = append(c.out.Avoid, area)
}

// takeBack makes the place that this clause took for where she is now an area to avoid.
func (c *capture) takeBack() {
	if c.clauseNow {
		c.avoid(*c.out.NowIn)
		c.out.NowIn, c.clauseNow = nil, false
	}
}

func joinWords(words []string) string { return strings.Join(words, " ") }

// age of a word: "11", "11yo", "eleven" up to ten.
func age(word string) (int, bool) {
	if n, ok := agedWord(word); ok {
		return n, true
	}
	return number(word)
}

// agedWord is a number that can only be an age: "11yo", "4yrs".
func agedWord(word string) (int, bool) {
	for _, unit := range []string{"-year-old", "-yr-old", "yrs", "yr", "yo", "y"} {
		if digits, ok := strings.CutSuffix(word, unit); ok && digits != "" {
			if n, ok := number(digits); ok && digits[0] >= '0' && digits[0] <= '9' {
				return n, true
			}
		}
	}
	return 0, false
}
