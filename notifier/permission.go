package notifier

import (
	"slices"
	"time"
)

// Permission is what a survivor said about being texted, as recorded when she was asked. Everything not in it is no.
type Permission struct {
	Number      string   // E.164; holds for no other
	Wordings    []string // codes of the words she chose
	FromMinute  int      // of the day in London; the window may run over midnight
	ToMinute    int      // exclusive; equal to FromMinute is no window at all
	ConfirmedAt time.Time
	ExpiresAt   time.Time // a permission without an end counts as ended: she has to be asked again
}

// Grounds is what is recorded about a message's number and matter at the moment of leasing, not of writing: both may have changed.
type Grounds struct {
	DutyNumber bool        // the number is now a duty number of the service, or the organisation, the message is for
	Moot       bool        // what it asks for is settled already: the hold it asks to answer has ended, the place it tells of has gone
	Permission *Permission // a survivor's; nil where none is recorded
}

// Working hours are when a message to staff that can wait may go: Monday to Friday, 9am to 5pm in London.
const workFrom, workTo = 9 * 60, 17 * 60

// MayText says whether m, in the words of w, may go now. Where it may, until is when that ends: the provider must drop it then. Where
// it may not, code says why and until is zero.
func MayText(m Message, w Wording, now time.Time) (until time.Time, code string) {
	switch {
	case now.Before(m.NotBefore):
		return time.Time{}, CodeTooEarly
	case !now.Before(m.NotAfter):
		return time.Time{}, CodeOutOfTime
	case m.Grounds.Moot:
		return time.Time{}, CodeMoot
	}
	switch w.Audience {
	case Staff:
		return mayTextStaff(m, w, now)
	case Survivor:
		return mayTextSurvivor(m, w, now)
	}
	return time.Time{}, CodeNoPermission
}

func mayTextStaff(m Message, w Wording, now time.Time) (time.Time, string) {
	if !m.Grounds.DutyNumber {
		return time.Time{}, CodeNotDuty
	}
	if w.Urgent {
		return m.NotAfter, ""
	}
	day := now.In(london).Weekday()
	if day == time.Saturday || day == time.Sunday || !inWindow(minuteOfDay(now), workFrom, workTo) {
		return time.Time{}, CodeOutsideWork
	}
	return earliest(m.NotAfter, nextMinuteOfDay(now, workTo)), ""
}

func mayTextSurvivor(m Message, w Wording, now time.Time) (time.Time, string) {
	p := m.Grounds.Permission
	switch {
	case p == nil, m.To == "", p.Number != m.To:
		return time.Time{}, CodeNoPermission
	case p.ConfirmedAt.IsZero(), now.Before(p.ConfirmedAt), !now.Before(p.ExpiresAt):
		return time.Time{}, CodeNotCurrent
	case !slices.Contains(p.Wordings, w.Code):
		return time.Time{}, CodeNotWording
	case !inWindow(minuteOfDay(now), p.FromMinute, p.ToMinute):
		return time.Time{}, CodeNotWindow
	}
	return earliest(m.NotAfter, p.ExpiresAt, nextMinuteOfDay(now, p.ToMinute)), ""
}

func inWindow(minute, from, to int) bool {
	if from <= to {
		return from <= minute && minute < to
	}
	return minute >= from || minute < to
}

func earliest(first time.Time, others ...time.Time) time.Time {
	for _, t := range others {
		if t.Before(first) {
			first = t
		}
	}
	return first
}
