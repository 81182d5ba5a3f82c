package web

import (
	"fmt"
	"slices"
	"strings"

	"haven/schema"
)

// adultPhrases in the order they are tried: "trans woman" before "woman". An adult who is only called mother did not say how she describes herself.
var adultPhrases = []struct {
	as      schema.Described
	one     []string
	several []string
}{
	{schema.TransWoman, []string{"trans woman", "transwoman"}, []string{"trans women"}},
	{schema.TransMan, []string{"trans man", "transman"}, []string{"trans men"}},
	{schema.NonBinary, []string{"non-binary person", "non-binary", "nonbinary", "non binary", "nb", "enby"}, nil},
	{schema.Woman, []string{"woman", "female", "lady"}, []string{"women", "females", "ladies"}},
	{schema.Man, []string{"man", "male"}, []string{"men", "males"}},
	{schema.NotSaid, []string{"adult", "person", "mother", "mum", "mom"}, []string{"adults"}},
}

type childPhrase struct {
	sex     schema.Sex
	baby    bool
	phrases []string
}

var childPhrases = []childPhrase{
	{schema.Girl, true, []string{"baby girl"}},
	{schema.Boy, true, []string{"baby boy"}},
	{schema.SexNotSaid, true, []string{"baby", "newborn"}},
	{schema.Girl, false, []string{"girls", "girl", "daughters", "daughter"}},
	{schema.Boy, false, []string{"boys", "boy", "sons", "son"}},
	{schema.SexNotSaid, false, []string{"children", "child", "kids", "kid"}},
}

// people reads "woman 34", "2 women", "boys 11 and 9", "11 year old girl". Under a negation nobody is added.
func (c *capture) people() bool {
	start := c.at
	count, counted := number(c.words[c.at])
	aged := false
	if counted {
		c.at++
		aged = c.years()
	} else if n, ok := agedWord(c.words[c.at]); ok {
		count, counted, aged = n, true, true
		c.at++
		c.phrase("old")
	}
	if c.at < len(c.words) && (c.adults(start, count, counted && !aged) || c.children(start, count, counted, aged)) {
		return true
	}
	c.at = start
	return false
}

// years consumes "year old", "yo", "months old" after a number, and says whether it was an age.
func (c *capture) years() bool {
	return c.phrase("year old", "years old", "yr old", "yrs old", "year-old", "years", "year", "yo", "yrs", "yr", "y")
}

func (c *capture) adults(start, count int, counted bool) bool {
	for _, p := range adultPhrases {
		several := c.phrase(p.several...)
		if !several && !c.phrase(p.one...) {
			continue
		}
		if counted && !several && count != 1 {
			return false // "9 woman": the number is somebody's age, or nobody's
		}
		if c.nobody(start) {
			return true
		}
		if !counted {
			count = 1
		}
		if several && !counted || count < 1 || count > schema.MostPeople {
			c.by(start, "how many?")
			return true
		}
		for range count {
			c.out.Adults = append(c.out.Adults, schema.Adult{As: p.as})
		}
		if age, ok := c.adultAge(); ok && count == 1 {
			c.out.Adults[len(c.out.Adults)-1].Age = age
		}
		return true
	}
	return false
}

func (c *capture) adultAge() (int, bool) {
	at := c.at
	c.phrase("aged", "age")
	if c.at < len(c.words) {
		if n, ok := age(c.words[c.at]); ok && n >= 16 && n <= 120 && !c.agedChild() {
			c.at++
			c.years()
			return n, true
		}
	}
	c.at = at
	return 0, false
}

// agedChild says whether the age that stands here is of a child, or a grown one: "20 year old daughter".
func (c *capture) agedChild() bool {
	at := c.at
	defer func() { c.at = at }()
	c.at++
	if !c.years() {
		return false
	}
	return slices.ContainsFunc(childPhrases, func(p childPhrase) bool { return c.phrase(p.phrases...) })
}

func (c *capture) children(start, count int, counted, aged bool) bool {
	for _, p := range childPhrases {
		if !c.phrase(p.phrases...) {
			continue
		}
		if c.nobody(start) {
			return true
		}
		if aged {
			c.aged(start, p.sex, count) // "11 year old boy", "19 year old son"
			return true
		}
		said := c.words[c.at-1]
		one := slices.Contains([]string{"boy", "girl", "child", "kid", "son", "daughter"}, said)
		ages := c.ages()
		switch {
		case p.baby && len(ages) == 0:
			ages = []int{0}
		case counted && len(ages) == 0 && one:
			ages = []int{count} // "11 boy"
		case counted && len(ages) != count:
			c.by(start, "the age of each?")
			return true
		}
		if strings.HasPrefix(said, "son") || strings.HasPrefix(said, "daughter") {
			children := c.grown(ages)
			if len(ages) > 0 && len(children) == 0 {
				return true
			}
			ages = children
		}
		c.add(start, p.sex, ages)
		return true
	}
	return false
}

// aged adds one whose age stood before the word: grown where that word was son or daughter.
func (c *capture) aged(start int, sex schema.Sex, age int) {
	said := c.words[c.at-1]
	if (said == "son" || said == "daughter") && len(c.grown([]int{age})) == 0 {
		return
	}
	c.add(start, sex, []int{age})
}

// grown takes sons and daughters of 18 and over out: they are adults who belong to the first. How they describe themselves was not said.
func (c *capture) grown(ages []int) (children []int) {
	for _, age := range ages {
		if age >= 18 && age <= 120 {
			c.out.Adults = append(c.out.Adults, schema.Adult{Age: age, Is: schema.AdultChildOf})
		} else {
			children = append(children, age)
		}
	}
	return children
}

func (c *capture) add(start int, sex schema.Sex, ages []int) {
	if len(ages) == 0 || slices.Max(ages) > 17 {
		c.by(start, "the age of each, 0 to 17?")
		return
	}
	for _, a := range ages {
		c.out.Children = append(c.out.Children, schema.Child{Age: a, Sex: sex})
	}
}

// ages reads "11", "11 and 9", "aged 4, 6 and 9". A number that begins the next thing ("boy 11 2 women") is left.
func (c *capture) ages() []int {
	var out []int
	for {
		at := c.at
		c.phrase("aged", "age", "and", ",")
		if c.at >= len(c.words) {
			c.at = at
			return out
		}
		n, ok := age(c.words[c.at])
		if !ok || len(out) > 0 && c.beginsPeople() {
			c.at = at
			return out
		}
		c.at++
		if c.phrase("months", "month", "weeks", "week", "days", "mths", "m") {
			n /= 12
			if c.words[c.at-1][0] != 'm' {
				n = 0
			}
		} else {
			c.years()
		}
		out = append(out, n)
	}
}

// beginsPeople says whether a number stands before people ("2 girls", "11 year old boy") rather than being an age.
func (c *capture) beginsPeople() bool {
	if c.agedChild() {
		return true
	}
	at := c.at
	defer func() { c.at = at }()
	c.at++
	if c.years() {
		return false
	}
	for _, p := range adultPhrases {
		if c.phrase(p.several...) {
			return true
		}
	}
	return c.phrase("girls", "boys", "sons", "daughters", "children", "kids")
}

// nobody is "no children", "not the boy": it is put by and adds nobody.
func (c *capture) nobody(start int) bool {
	if c.doubt != negated && c.doubt != clouded {
		c.doubt = plain
		return false
	}
	c.out.Unused = append(c.out.Unused, "not "+joinWords(c.words[start:c.at]))
	c.denied()
	return true
}

// by puts people by who were not described well enough, with the question that would do it.
func (c *capture) by(start int, question string) {
	c.out.Unused = append(c.out.Unused, fmt.Sprintf("%s (%s)", joinWords(c.words[start:c.at]), question))
}
