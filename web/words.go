package web

import (
	"fmt"
	"html/template"
	"strings"
	"time"
	_ "time/tzdata" // clock times are London's wherever Haven runs

	"haven/schema"
)

// london is the zone of every clock time and night people read.
var london = mustLondon()

func mustLondon() *time.Location {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic("web: time zone data is built in: " + err.Error())
	}
	return zone
}

// words are the functions templates may call. Facts and codes become words here and nowhere else.
func words(a *assets) template.FuncMap {
	return template.FuncMap{
		"asset":      a.url,
		"clock":      clock,
		"day":        day,
		"when":       when,
		"stamp":      func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"status":     statusWords,
		"statusTag":  statusTag,
		"fresh":      freshWords,
		"provision":  provisionWords,
		"plural":     plural,
		"join":       strings.Join,
		"holdEnd":    schema.HoldEnds.Words,
		"cannotTake": schema.CannotTake.Words,
		"decidedNot": schema.DecidedNot.Words,
		"unmet":      schema.UnmetReasons.Words,
		"endedBy":    schema.EndedByWords.Words,
		"outOfUse":   schema.OutOfUse.Words,
	}
}

// clock is 2:14pm, 9am, midday, 11:59pm; never a bare midnight.
func clock(t time.Time) string {
	t = t.In(london)
	switch {
	case t.Hour() == 12 && t.Minute() == 0:
		return "midday"
	case t.Hour() == 0 && t.Minute() == 0:
		return "midnight at the start of " + t.Format("Monday 2 January")
	case t.Minute() == 0:
		return t.Format("3pm")
	}
	return t.Format("3:04pm")
}

// day is Friday 20 November 2026.
func day(t time.Time) string { return t.In(london).Format("Monday 2 January 2006") }

// when is the clock time, with the day where it is not today's.
func when(t, now time.Time) string {
	if schema.Night(t, london).Equal(schema.Night(now, london)) {
		return clock(t)
	}
	if in := t.In(london); in.Hour() == 0 && in.Minute() == 0 {
		return clock(t) // it names its day itself
	}
	return clock(t) + " on " + t.In(london).Format("Monday 2 January")
}

func statusWords(v schema.Vacancy, now time.Time) string {
	switch v.Status {
	case schema.StatusAvailable:
		return "Available"
	case schema.StatusGettingReady:
		if v.From != nil {
			return "Getting ready – from " + when(*v.From, now)
		}
		return "Getting ready"
	case schema.StatusOnHold:
		if v.Until != nil {
			return "On hold until " + when(*v.Until, now)
		}
		return "On hold"
	case schema.StatusOutOfUse:
		if v.Until != nil {
			return "Out of use, to " + v.Until.In(london).Format("2 January")
		}
		return "Out of use"
	}
	return "Taken"
}

func statusTag(s schema.Status) string {
	switch s {
	case schema.StatusAvailable:
		return "govuk-tag--green"
	case schema.StatusGettingReady:
		return "govuk-tag--yellow"
	case schema.StatusOnHold:
		return "govuk-tag--purple"
	case schema.StatusOutOfUse:
		return "govuk-tag--orange"
	}
	return "govuk-tag--grey"
}

func freshWords(v schema.Vacancy, now time.Time) string {
	switch v.Freshness(now) {
	case schema.Fresh:
		return "Confirmed " + when(v.ConfirmedAt, now)
	case schema.Ageing:
		return "Last confirmed " + when(v.ConfirmedAt, now) + " – check when you call"
	}
	return "Not confirmed today – call before you offer it"
}

func provisionWords(code schema.ProvisionCode) string {
	if p, ok := schema.ProvisionOf(code); ok {
		return p.Label
	}
	return string(code)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return fmt.Sprintf("1 %s", one)
	}
	return fmt.Sprintf("%d %s", n, many)
}
