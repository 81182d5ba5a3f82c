package web

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"haven/allocator"
	"haven/schema"
)

// Groups of the list, in the order they are shown. The codes are ids on the page.
const (
	groupFits        = "fits"
	groupCheck       = "check"
	groupUnconfirmed = "unconfirmed"
	groupNo          = "no"
)

// spaceRow is one space as a helpline may see it: code name and publishable area, never the provider's own name of the room, never a distance
// finer than a band (S6).
type spaceRow struct {
	ID, Name, Area  string
	Version         int64
	Group           string
	Provision, Band string
	Score           string // "Fits all 11", "Fits 10, check 1"
	Status, Tag     string
	Fresh, FreshAs  string
	Facts           []string
	Why             []string
	// Scarce says why it stands behind others that are equal to her; empty where it would stand there anyhow. Rare: few are like it, which is worth
	// reading before it is held.
	Scarce   string
	Rare     bool
	Findings []findingRow
	Takes    string
	// StatesYes and StatesNo are what the service says beside its own words.
	StatesYes, StatesNo []string
	// Hold is the button's words; empty where nothing can be held.
	Hold string
	// Action is where the form of the facts is sent to hold it; empty while nothing can be held.
	Action string
	// Gone: it went while the list was open. It stays where it was and says so.
	Gone bool
}

// rareStep: one free place in eight is like it, or fewer. Words on every other row would be read on none.
const rareStep = 3

type findingRow struct {
	Rule, Hers, Places, Words string
	// Sides: her value and the place's are worth reading out, since they do not simply agree.
	Sides bool
}

// ruleWords are what staff call each rule. They are the same for every row of every list.
var ruleWords = sync.OnceValue(func() map[string]string {
	words := map[string]string{}
	for _, r := range allocator.Rules() {
		words[r.Code] = r.Words
	}
	return words
})

// rowOf shows an assessment in a group.
func rowOf(a allocator.Assessment, group, action string, now time.Time) spaceRow {
	p := a.Place
	r := spaceRow{
		ID: string(p.Space.ID), Name: p.Service.CodeName, Area: p.Service.Area.Name, Version: p.Version, Group: group,
		Provision: provisionWords(p.Service.Provision), Band: a.Band, Status: statusWords(p.Vacancy, now), Tag: statusTag(p.Vacancy.Status),
		Fresh: freshWords(p.Vacancy, now), FreshAs: freshClass(a.Freshness), Facts: spaceFacts(p.Space, now), Takes: p.Service.Takes.Words, Scarce: a.Scarcity.Words, Rare: a.Scarcity.Step >= rareStep, Action: action,
	}
	r.StatesYes, r.StatesNo = stated(p.Service.Takes, schema.Yes), stated(p.Service.Takes, schema.No)
	failing, checking := 0, 0
	for _, f := range a.Findings {
		r.Findings = append(r.Findings, findingRow{ruleWords()[f.Rule], f.Hers, f.Places, f.Words, f.Verdict != allocator.Fits})
		switch {
		case f.Verdict == allocator.DoesNotFit:
			failing++
			r.Why = append(r.Why, f.Words)
		case f.Verdict == allocator.CheckFirst:
			checking++
			if group != groupNo && f.Rule != "freshness" { // freshness has a line of its own
				r.Why = append(r.Why, f.Words)
			}
		}
	}
	r.Score = score(len(a.Findings), checking, failing)
	switch {
	case action == "":
	case group == groupFits:
		r.Hold = fmt.Sprintf("Hold for %d minutes", p.Service.HoldFor())
	case group == groupCheck, group == groupUnconfirmed:
		r.Hold = "Ask the refuge"
		if q, _ := schema.ProvisionOf(p.Service.Provision); q.Offer != schema.OfferTonight {
			r.Hold = "Ask the service"
		}
	}
	return r
}

// stated is what the service answers in one way. What it has not said is in neither list.
func stated(t schema.Takes, answer schema.Fact) []string {
	var out []string
	for _, row := range schema.TakesFacts() {
		if *row.Of(&t) == answer {
			out = append(out, row.Label)
		}
	}
	return out
}

func score(all, checking, failing int) string {
	switch {
	case failing > 0:
		return fmt.Sprintf("Does not fit on %d of %d", failing, all)
	case checking > 0:
		return fmt.Sprintf("Fits %d, check %d", all-checking, checking)
	}
	return fmt.Sprintf("Fits all %d", all)
}

// groupOf says where the list shows a place; a place that is not free belongs to none.
func groupOf(a allocator.Assessment) string {
	switch {
	case !a.Place.Vacancy.Free():
		return ""
	case a.Verdict == allocator.DoesNotFit:
		return groupNo
	case a.Freshness == schema.Unconfirmed:
		return groupUnconfirmed
	case a.Verdict == allocator.Fits:
		return groupFits
	}
	return groupCheck
}

func freshClass(f schema.Freshness) string {
	switch f {
	case schema.Ageing:
		return " haven-fresh--check"
	case schema.Unconfirmed:
		return " haven-fresh--old"
	}
	return ""
}

// spaceFacts are size and access as published. What a provider has not said is said to be unknown.
func spaceFacts(s schema.Space, now time.Time) []string {
	var out []string
	if s.SlotAt != nil {
		what := "Works"
		if s.Slot != "" {
			what = strings.ToUpper(s.Slot[:1]) + s.Slot[1:]
		}
		return append(out, what+" "+when(*s.SlotAt, now))
	}
	switch {
	case s.BedSpaces > 0:
		out = append(out, plural(s.BedSpaces, "bed space", "bed spaces"))
	case s.Bedrooms == 0:
		out = append(out, "size not said")
	}
	if s.Bedrooms > 0 {
		out = append(out, plural(s.Bedrooms, "bedroom", "bedrooms"))
	}
	if s.Cots != nil && *s.Cots > 0 {
		out = append(out, plural(*s.Cots, "cot", "cots"))
	}
	if s.SelfContained == schema.No {
		out = append(out, "shared")
	}
	if s.Wheelchair == schema.Unknown {
		out = append(out, "wheelchair access not said")
	}
	for _, row := range schema.SpaceFacts() {
		if *row.Of(&s) == schema.Yes {
			out = append(out, strings.ToLower(row.Label[:1])+row.Label[1:])
		}
	}
	out[0] = strings.ToUpper(out[0][:1]) + out[0][1:]
	return out
}
