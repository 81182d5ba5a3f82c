package web

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"haven/exchange"
	"haven/schema"
)

// A small number must stay unknown to a reader who has every published number, knows what "fewer than 5" and "not shown" can mean, and tries
// every possibility. The reader here enumerates sums; the code under test narrows intervals.
func TestNoSmallNumberCanBeWorkedOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := drawFigures(t)
		p := publish(f)
		for _, s := range p.sums() {
			for _, c := range append([]*figureCount{s.total}, s.parts...) {
				if c.n == 0 || c.n >= smallest {
					continue
				}
				if c.Shown() {
					t.Fatalf("a count of %d is shown: %v", c.n, f)
				}
				possible := 0
				for v := range 2 * smallest {
					if consistent(p, c, v) {
						possible++
					}
				}
				if possible < 3 {
					t.Fatalf("a count of %d can be one of %d values only: %+v, published %s", c.n, possible, f, toJSON(t, p))
				}
			}
		}
	})
}

// What is not small is shown wherever nothing small stands near.
func TestFiguresWithoutSmallNumbersAreShown(t *testing.T) {
	t.Parallel()
	p := publish(exchange.Figures{
		Asked: 40, Placed24h: 10, Placed72h: 12, Placed28d: 20, StillOpen: 5, Unmet: 15,
		UnmetByReason: map[string]int{"no_space_free": 9, "place_not_right": 6}, UnmetByWhom: map[string]int{"service": 9, "survivor": 6},
	})
	for _, s := range p.sums() {
		for _, c := range append(s.parts, s.total) {
			if !c.Shown() {
				t.Errorf("hidden without need: %s", toJSON(t, p))
			}
		}
	}
	if got := p.Placed28d.percentOf(p.Asked); got != "50%" {
		t.Errorf("percentage = %q, want 50%%", got)
	}
}

// Written by hand: 3 who could not be reached and 20 by the service would give the 3 away from the 23.
func TestSecondNumberIsHidden(t *testing.T) {
	t.Parallel()
	p := publish(exchange.Figures{
		Asked: 50, Placed28d: 27, Unmet: 23,
		UnmetByReason: map[string]int{"no_space_free": 20, "could_not_reach": 3}, UnmetByWhom: map[string]int{"service": 20, "could_not_be_reached": 3},
	})
	for _, row := range append(p.UnmetByReason, p.UnmetByWhom...) {
		switch row.Code {
		case "could_not_reach", "could_not_be_reached":
			if row.Count.String() != "fewer than 5" {
				t.Errorf("%s = %s, want fewer than 5", row.Code, row.Count)
			}
		case "no_space_free", "service":
			if row.Count.String() != "not shown" {
				t.Errorf("%s = %s, want not shown: 23 less it gives the other", row.Code, row.Count)
			}
		default:
			if row.Count.String() != "0" {
				t.Errorf("%s = %s, want 0", row.Code, row.Count)
			}
		}
	}
	if p.Unmet.String() != "23" {
		t.Errorf("unmet = %s, want 23", p.Unmet)
	}
	if text := toJSON(t, p); strings.Contains(text, ":3,") || strings.Contains(text, ":20,") {
		t.Errorf("the published document holds a hidden number: %s", text)
	}
}

func drawFigures(t *rapid.T) exchange.Figures {
	f := exchange.Figures{UnmetByReason: map[string]int{}, UnmetByWhom: map[string]int{}}
	few := rapid.SampledFrom([]int{0, 0, 0, 0, 1, 1, 2, 3, 4, 4, 5, 6, 9})
	for _, row := range schema.UnmetReasons {
		n := few.Draw(t, row.Code)
		if n == 0 {
			continue
		}
		f.UnmetByReason[row.Code] = n
		f.UnmetByWhom[string(row.By)] += n
		f.Unmet += n
	}
	if rapid.IntRange(0, 4).Draw(t, "older list") == 0 && f.UnmetByWhom["service"] > 0 {
		f.UnmetByWhom["service"]--
		f.UnmetByWhom["helpline"]++
	}
	f.Placed28d, f.StillOpen = few.Draw(t, "placed"), few.Draw(t, "open")
	f.Asked = f.Placed28d + f.StillOpen + f.Unmet
	return f
}

// most is past every sum drawn here; a number that may be anything may be up to it.
const most = 160

type possibilities [most + 1]bool

// consistent says whether a number may be v, all that is published considered.
func consistent(p *publicFigures, c *figureCount, v int) bool {
	sums := p.sums()
	inner := map[*figureCount][]figureSum{}
	for _, s := range sums[1:] {
		inner[s.total] = append(inner[s.total], s)
	}
	var can func(x *figureCount, allHidden bool) possibilities
	sumOf := func(s figureSum) possibilities {
		all := true
		for _, part := range s.parts {
			all = all && part.state == countWithheld
		}
		total := possibilities{0: true}
		for _, part := range s.parts {
			total = plus(total, can(part, all))
		}
		return total
	}
	can = func(x *figureCount, allHidden bool) possibilities {
		var here possibilities
		for n := range here {
			here[n] = says(*x, n, allHidden) && (x != c || n == v)
		}
		for _, s := range inner[x] {
			for n, ok := range sumOf(s) {
				here[n] = here[n] && ok
			}
		}
		return here
	}
	asked, whole := can(sums[0].total, false), sumOf(sums[0])
	for n := range asked {
		if asked[n] && whole[n] {
			return true
		}
	}
	return false
}

func says(c figureCount, n int, allHidden bool) bool {
	switch c.String() {
	case "fewer than 5":
		return n >= 1 && n <= 4
	case "not shown":
		return n >= 5 || allHidden
	}
	return n == c.n
}

func plus(a, b possibilities) (sum possibilities) {
	for i, in := range a {
		for j := 0; in && i+j <= most; j++ {
			sum[i+j] = sum[i+j] || b[j]
		}
	}
	return sum
}

func toJSON(t interface{ Fatal(...any) }, v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
