package web

import (
	"strings"
	"time"

	"haven/exchange"
	"haven/schema"
)

// boardCard is one space as its own staff see it: its name there, how it stands, and the one or two acts that most likely come next.
type boardCard struct {
	ID      schema.SpaceID
	Name    string
	Status  string
	Tag     string
	Fresh   string
	Old     bool // nobody has confirmed it for long
	Suits   []string
	Notes   []boardNote
	Acts    []boardAct
	More    []boardAct
	Version int64
	Was     string // the report shown, for undoing
	Done    *boardDone
}

// boardNote is a line on a card, with a way to what it speaks of.
type boardNote struct{ Words, Href, Link string }

// boardAct is a button. It reports, follows a link, or records an arrival.
type boardAct struct {
	Label  string
	Report string // reportValue
	Href   string
	Arrive schema.HoldID
	Second bool // the less likely of two
}

// cardOf a space. named gives the other spaces' names, for those that share a room with it.
func cardOf(v exchange.SpaceView, named map[schema.SpaceID]string, now time.Time) boardCard {
	c := boardCard{
		ID: v.Space.ID, Name: spaceName(v.Space.Ref), Status: cardStatus(v, now), Tag: statusTag(v.Vacancy.Status),
		Suits: suitsWords(v.Space), Version: v.ReportVersion, Was: reportValue(v.Report),
	}
	c.Fresh, c.Old = cardFresh(v.Vacancy, now)
	c.Acts, c.Notes = likelyActs(v, named, now)
	c.More = moreActs(v, c.Acts)
	return c
}

// cardStatus also says why a space is out of use, which a helpline need not know.
func cardStatus(v exchange.SpaceView, now time.Time) string {
	if v.Vacancy.Status == schema.StatusOutOfUse && v.Report.State == schema.OutOfUseFor {
		return reportWords(v.Report, now)
	}
	return statusWords(v.Vacancy, now)
}

func cardFresh(v schema.Vacancy, now time.Time) (words string, old bool) {
	switch {
	case v.ConfirmedAt.IsZero():
		return "Not confirmed yet. Helplines are told to call first.", true
	case v.Freshness(now) == schema.Unconfirmed:
		return "Last confirmed " + when(v.ConfirmedAt, now) + ". Helplines are told to call first.", true
	}
	return "Confirmed " + when(v.ConfirmedAt, now), false
}

// spaceName gives a bare number something to be the number of.
func spaceName(ref string) string {
	if ref != "" && strings.Trim(ref, "0123456789") == "" {
		return "Space " + ref
	}
	return ref
}

// suitsWords say whom a space suits, as far as the service has said.
func suitsWords(s schema.Space) []string {
	var words []string
	if s.SlotAt != nil {
		kind := map[string]string{"survey": "Survey", "fitting": "Fitting"}[s.Slot]
		words = append(words, strings.TrimSpace(kind+" on "+day(*s.SlotAt)+", "+clock(*s.SlotAt)))
	}
	if s.BedSpaces > 0 {
		sleeps := "Sleeps " + plural(s.BedSpaces, "person", "people")
		if s.Cots != nil && *s.Cots > 0 {
			sleeps += ", " + plural(*s.Cots, "cot", "cots")
		}
		words = append(words, sleeps)
	}
	if s.Bedrooms > 0 {
		words = append(words, plural(s.Bedrooms, "bedroom", "bedrooms"))
	}
	for _, row := range schema.SpaceFacts() {
		if *row.Of(&s) == schema.Yes {
			words = append(words, row.Label)
		}
	}
	if len(s.Rooms) > 1 {
		words = append(words, "Rooms "+strings.Join(s.Rooms, ", "))
	}
	return words
}
