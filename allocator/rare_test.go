package allocator_test

import (
	"strings"
	"testing"

	"haven/allocator"
	"haven/schema"
)

// TestRares: the rows fit in a set of 64 bits, each says something of its own in a list and around a noun, and a row stands for rows that ask less.
func TestRares(t *testing.T) {
	t.Parallel()
	rows := allocator.Rares()
	if len(rows) > 64 {
		t.Errorf("%d rows do not fit in a set of 64", len(rows))
	}
	seen := map[string]bool{}
	for i, r := range rows {
		around := r.Before + "|" + r.After
		if r.Words == "" || around == "|" || seen[r.Words] || seen[around] {
			t.Errorf("row %d says nothing, or what another says: %q, %q", i, r.Words, around)
		}
		seen[r.Words], seen[around] = true, true
		// "One of 2 free places that takes" is no English: no verb in them agrees with one or with many.
		for _, verb := range []string{"takes", "suits", "sleeps", "has "} {
			if strings.Contains(r.Words+r.After, verb) {
				t.Errorf("row %d does not read after several places: %q", i, r.Words)
			}
		}
		if i+r.Within >= len(rows) {
			t.Fatalf("row %d stands for rows that are not there", i)
		}
		for n := 1; n <= r.Within; n++ {
			for beds := range 10 {
				for boys := range 18 {
					p := schema.Place{Space: schema.Space{BedSpaces: beds}, Service: schema.Service{Takes: schema.Takes{BoysTo: &boys}}}
					if r.Offers(&p) && !rows[i+n].Offers(&p) {
						t.Fatalf("%q stands for %q, which such a place does not offer", r.Words, rows[i+n].Words)
					}
				}
			}
		}
	}
}

// TestRareSentences, as staff read them.
func TestRareSentences(t *testing.T) {
	t.Parallel()
	for want, offering := range map[string]func(*schema.Place){
		"The only free place open to people without recourse to public funds; listed after others so that it stays for somebody who has no other.": func(p *schema.Place) {
			p.Service.Takes.NoRecourse = schema.Yes
		},
		"The only free place open to people who are pregnant; listed after others so that it stays for somebody who has no other.": func(p *schema.Place) {
			p.Service.Takes.Pregnant = schema.Yes
		},
		"The only free place for 8 people or more; listed after others so that it stays for somebody who has no other.": func(p *schema.Place) {
			p.Space.BedSpaces = 8
		},
	} {
		rare := plainRoom("rare")
		offering(&rare)
		need := aWoman()
		need.Recourse = schema.Yes
		fits := allocator.List(need, []schema.Place{rare, plainRoom("s"), plainRoom("t"), plainRoom("u"), plainRoom("v")}, noon).Fits.All()
		if len(fits) != 5 {
			t.Fatalf("%d places fit", len(fits))
		}
		if last := fits[4]; last.Place.Space.ID != "rare" || last.Scarcity.Words != want {
			t.Errorf("got %s %q, want %q", last.Place.Space.ID, last.Scarcity.Words, want)
		}
	}
}

// plainRoom takes a woman alone and offers nothing rare.
func plainRoom(id schema.SpaceID) schema.Place {
	p := aRoom()
	p.Space = schema.Space{ID: id, Service: "service-1", BedSpaces: 1}
	p.Service.Takes = schema.Takes{Adults: map[schema.Described]schema.Fact{schema.Woman: schema.Yes}}
	return p
}
