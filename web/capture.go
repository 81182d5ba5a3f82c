package web

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"haven/schema"
)

// heard is what one line typed on the telephone says, as facts, and what of it nothing was made of. The line itself is not kept anywhere.
type heard struct {
	Adults   []schema.Adult
	Children []schema.Child
	Avoid    []schema.Area
	NowIn    *schema.Area
	// Facts by the name the form asks them under.
	Facts    map[string]schema.Fact
	Language string
	Wishes   []schema.Wish
	// Unused are the words that were not understood. They are shown, not saved.
	Unused []string
}

// finder is the gazetteer as the capture line needs it.
type finder interface {
	Find(text string) (schema.Area, error)
}

// doubt is how far a negation reaches. The one thing that must never happen is that "not X" becomes "X" (a place to stay clear of read as the
// place to look near; a need read as its opposite), so a place after a negation stays an area to avoid until the sentence surely turned, and a
// fact whose negation is not certain is not used at all.
type doubt int

const (
	plain   doubt = iota
	negated       // a negation, and nothing since but small words
	avoided       // a negation, and places since
	clouded       // a negation, and words since that nothing was made of
	fled          // the person causing harm, or flight: places are avoided, the rest is said plainly
	listed        // a negation and the thing it was about: an "or" goes on with it, an "and" may
	joined        // that "and": a fact after it is not used
)

// capture reads one line.
type capture struct {
	places finder
	words  []string
	at     int
	doubt  doubt
	// clauseNow: where she is now was read in this clause, so that "Leeds … not safe" takes it back.
	clauseNow bool
	out       heard
}

// mostWords of one line are read; more is a paste into the wrong field.
const mostWords = 300

// parseCapture reads what a worker types while listening: "woman boy 11 girl 4 leeds not bradford wheelchair nrpf". A bare place is where she is now.
func parseCapture(text string, places finder) heard {
	c := &capture{places: places, words: captureWords(text)}
	rest := max(0, len(c.words)-mostWords)
	c.words = c.words[:len(c.words)-rest]
	for c.at < len(c.words) {
		before := c.at
		c.step()
		if c.at == before {
			c.unused(1)
		}
	}
	c.turn()
	c.first()
	if rest > 0 {
		c.out.Unused = append(c.out.Unused, plural(rest, "more word", "more words"))
	}
	return c.out
}

// first puts somebody before adults who only belong to her: she is there, and did not say more.
func (c *capture) first() {
	if len(c.out.Adults) > 0 && c.out.Adults[0].Is != "" {
		hers := slices.IndexFunc(c.out.Adults, func(a schema.Adult) bool { return a.Is == "" })
		if hers < 0 {
			c.out.Adults = slices.Insert(c.out.Adults, 0, schema.Adult{})
			return
		}
		c.out.Adults = slices.Insert(slices.Delete(slices.Clone(c.out.Adults), hers, hers+1), 0, c.out.Adults[hers])
	}
}

// step reads one thing, in an order that matters: what can turn a sentence comes before what it is about.
func (c *capture) step() {
	word := c.words[c.at]
	switch {
	case turns[word]:
		c.at++
		c.turn()
	case word == ",":
		c.at++
		if c.doubt == negated && c.clauseNow {
			c.turn()
		}
	case c.facts():
	case c.phrase(unsafeAfter...):
		// "Leeds not safe" and "not safe Leeds" are both said: what stands on either side is avoided.
		c.takeBack()
		c.doubt = avoided
	case c.phrase(negations...):
		c.doubt = negated
	case c.phrase(harmful...):
		c.harm()
	case c.people():
	case c.doubt == listed && (word == "or" || word == "and"):
		c.at++
		c.doubt = map[string]doubt{"or": negated, "and": joined}[word]
	case small[word]:
		c.at++
	case c.place(), c.wish():
	default:
		c.unused(1)
	}
}

// turn ends a clause. A negation nothing came after belongs to the place before it: "Leeds, no".
func (c *capture) turn() {
	if c.doubt == negated {
		c.takeBack()
	}
	c.doubt, c.clauseNow = plain, false
}

func (c *capture) harm() {
	if c.doubt == negated {
		c.doubt = clouded
	}
	if c.doubt == plain || c.doubt == listed || c.doubt == joined {
		c.doubt = fled
	}
}

// phrase consumes the first of the phrases that stands here.
func (c *capture) phrase(phrases ...string) bool {
	for _, p := range phrases {
		if n := c.stands(p); n > 0 {
			c.at += n
			return true
		}
	}
	return false
}

// stands says how many words a phrase takes here, 0 when it does not stand here.
func (c *capture) stands(phrase string) int {
	want := strings.Fields(phrase)
	if c.at+len(want) > len(c.words) {
		return 0
	}
	for i, w := range want {
		if c.words[c.at+i] != w {
			return 0
		}
	}
	return len(want)
}

// unused puts the next words by, and clouds a negation they may belong to.
func (c *capture) unused(n int) {
	words := strings.Join(c.words[c.at:c.at+n], " ")
	c.at += n
	if c.doubt == negated {
		words = "not " + words
		c.doubt = clouded
	}
	c.out.Unused = append(c.out.Unused, words)
}

// captureWords splits a line into lower-case words; marks that end a sentence or a list item are words of their own.
func captureWords(text string) []string {
	var b strings.Builder
	runes := []rune(strings.ToLower(text))
	opens := func(i int) bool { return i == 0 || unicode.IsSpace(runes[i-1]) }
	for i, r := range runes {
		switch r {
		case '.', ';', ',', '\n':
			b.WriteByte(' ')
			b.WriteRune(r)
			b.WriteByte(' ')
		case '!', '-', '–', '—', '−':
			// "-bradford", "!bradford": a mark before a word says no. Between spaces it is a pause, inside a word it belongs to it.
			switch {
			case opens(i) && i+1 < len(runes) && !unicode.IsSpace(runes[i+1]):
				b.WriteString(" not ")
			case opens(i):
				b.WriteString(" , ")
			default:
				b.WriteRune('-')
			}
		case '\'', '’', '‘', '`':
		case '(', ')', '/', '+', ':', '"', '?', '*', '=', '&':
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	words := strings.Fields(strings.ReplaceAll(b.String(), "\n", " ; "))
	for i, w := range words {
		if w != "." && w != ";" && w != "," {
			words[i] = strings.TrimRight(w, "-")
		}
	}
	return words
}

// number of a word, spelled or in figures.
func number(word string) (int, bool) {
	for i, w := range []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"} {
		if word == w {
			return i, true
		}
	}
	n, err := strconv.Atoi(word)
	return n, err == nil && n >= 0 && n < 1000
}
