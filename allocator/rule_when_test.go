package allocator_test

import (
	"testing"
	"time"

	"haven/allocator"
	"haven/schema"
)

// letting states the hours in which a household can be let in, and whether somebody is on call outside them.
func letting(from, to string, after schema.Fact) func(*schema.Place) {
	return func(p *schema.Place) {
		p.Service.Reception = schema.Reception{From: from, To: to, AfterHours: after}
	}
}

// lettingOn states hours on some days only.
func lettingOn(from, to string, after schema.Fact, days ...string) func(*schema.Place) {
	return func(p *schema.Place) {
		p.Service.Reception = schema.Reception{From: from, To: to, Days: days, AfterHours: after}
	}
}

func onCall(after schema.Fact) func(*schema.Place) { return letting("", "", after) }

// coming names the time she can be there, in UTC.
func coming(year int, month time.Month, day, hour, minute int) func(*schema.Need) {
	return func(n *schema.Need) { n.ArriveBy = time.Date(year, month, day, hour, minute, 0, 0, time.UTC) }
}

// It is noon on a Friday in November. Who did not say where she is may arrive from noon to 8 in the evening; from Leeds to Leeds it takes an hour and a half at the most.
var receptionCases = []ruleCase{
	{"an hour after the door closes", barred, coming(2026, 11, 20, 18, 0), letting("09:00", "17:00", schema.No), allocator.DoesNotFit, "cannot let anybody in", "17"},
	{"as the door closes", barred, coming(2026, 11, 20, 17, 0), letting("09:00", "17:00", schema.No), allocator.DoesNotFit, "", ""},
	{"closed for the day before she could be there", barred, nil, letting("06:00", "12:00", schema.No), allocator.DoesNotFit, "", ""},
	{"ready at night", barred, nil, both(letting("09:00", "17:00", schema.No), readyIn(10*time.Hour)), allocator.DoesNotFit, "", ""},
	{"5pm in London in summer, 4pm in UTC", barred, coming(2027, 7, 1, 16, 0), letting("09:00", "17:00", schema.No), allocator.DoesNotFit, "", ""},
	{"in the gap of hours past midnight", barred, coming(2026, 11, 24, 10, 0), letting("18:00", "09:00", schema.No), allocator.DoesNotFit, "", ""},
	{"too far to be there in time", barred, nowIn(birmingham), letting("06:00", "13:00", schema.No), allocator.DoesNotFit, "", ""},
	{"on a Saturday, open from Monday to Friday", barred, coming(2026, 11, 21, 10, 0), lettingOn("09:00", "17:00", schema.No, "mon", "tue", "wed", "thu", "fri"), allocator.DoesNotFit, "cannot let anybody in", ""},
	{"on a Saturday, open day and night on other days", barred, coming(2026, 11, 21, 10, 0), lettingOn("00:00", "24:00", schema.No, "mon", "fri", "sun"), allocator.DoesNotFit, "", ""},
	{"on a Sunday after hours, days not said", barred, coming(2026, 11, 22, 18, 0), letting("09:00", "17:00", schema.No), allocator.DoesNotFit, "", ""},
	{"on the morning after a night that is not open", barred, coming(2026, 11, 22, 1, 0), lettingOn("18:00", "02:00", schema.No, "sun"), allocator.DoesNotFit, "", ""},

	{"on a Saturday it is open", allowed, coming(2026, 11, 21, 10, 0), lettingOn("09:00", "17:00", schema.No, "sat"), allocator.Fits, "", ""},
	{"after midnight, the night before open", allowed, coming(2026, 11, 22, 1, 0), lettingOn("18:00", "02:00", schema.No, "sat"), allocator.Fits, "", ""},
	{"on a Saturday, day and night, days not said", allowed, coming(2026, 11, 21, 10, 0), letting("00:00", "24:00", schema.No), allocator.Fits, "", ""},
	{"on a Saturday, somebody on call", allowed, coming(2026, 11, 21, 10, 0), lettingOn("09:00", "17:00", schema.Yes, "mon"), allocator.Fits, "", ""},
	{"late on Friday, half past midnight of Saturday in London", allowed, coming(2027, 7, 2, 23, 30), lettingOn("18:00", "02:00", schema.No, "fri"), allocator.Fits, "", ""},
	{"day and night", allowed, nil, letting("00:00", "24:00", schema.No), allocator.Fits, "can let them in", ""},
	{"somebody on call", allowed, coming(2026, 11, 24, 3, 0), letting("09:00", "17:00", schema.Yes), allocator.Fits, "at all hours", ""},
	{"on call, hours not said", allowed, coming(2026, 11, 24, 3, 0), onCall(schema.Yes), allocator.Fits, "", ""},
	{"as the door opens", allowed, coming(2026, 11, 24, 9, 0), letting("09:00", "17:00", schema.No), allocator.Fits, "", ""},
	{"a minute before the door closes", allowed, coming(2026, 11, 20, 16, 59), letting("09:00", "17:00", schema.No), allocator.Fits, "", ""},
	{"at midnight, past which the hours run", allowed, coming(2026, 11, 24, 0, 0), letting("18:00", "02:00", schema.No), allocator.Fits, "", ""},
	{"open for as long as she may travel", allowed, nil, letting("09:00", "20:01", schema.No), allocator.Fits, "", ""},
	{"near, and open for as long as that takes", allowed, nowIn(leeds), letting("12:00", "13:30", schema.No), allocator.Fits, "", ""},
	{"9am in London in summer, 8am in UTC", allowed, coming(2027, 7, 1, 8, 0), letting("09:00", "17:00", schema.No), allocator.Fits, "", ""},
	{"hours not said, by day", allowed, nil, onCall(schema.Unknown), allocator.Fits, "has not said its hours", ""},
	{"hours not said, a minute before night", allowed, coming(2026, 11, 20, 20, 59), onCall(schema.No), allocator.Fits, "", ""},
	{"hours not said, in the morning", allowed, coming(2026, 11, 24, 8, 0), onCall(schema.Unknown), allocator.Fits, "", ""},
	{"works in her own home", allowed, coming(2026, 11, 24, 3, 0), home(letting("09:00", "17:00", schema.No)), allocator.Fits, "own home", ""},

	{"on a Saturday, days not said", unknown, coming(2026, 11, 21, 10, 0), letting("09:00", "17:00", schema.No), allocator.CheckFirst, "at the weekend", ""},
	{"on a Sunday, neither hours nor days said", unknown, coming(2026, 11, 22, 10, 0), onCall(schema.Unknown), allocator.CheckFirst, "at the weekend", ""},
	{"on a Saturday at night, neither hours nor days said", unknown, coming(2026, 11, 21, 22, 0), onCall(schema.Unknown), allocator.CheckFirst, "at night", ""},
	{"on a Saturday, open on other days, on call not said", unknown, coming(2026, 11, 21, 10, 0), lettingOn("09:00", "17:00", schema.Unknown, "mon"), allocator.CheckFirst, "ask whether", ""},
	{"Sunday in London and Saturday in UTC, open till midnight of Saturday", unknown, coming(2027, 7, 3, 23, 0), lettingOn("09:00", "24:00", schema.Unknown, "sat"), allocator.CheckFirst, "", ""},
	{"may travel past the hours", unknown, nil, letting("09:00", "20:00", schema.No), allocator.CheckFirst, "may arrive outside the hours", "20"},
	{"may be there before the door opens", unknown, nil, letting("12:01", "23:00", schema.No), allocator.CheckFirst, "", ""},
	{"near, and closes a minute early", unknown, nowIn(leeds), letting("12:00", "13:29", schema.No), allocator.CheckFirst, "", ""},
	{"outside the hours, on call not said", unknown, coming(2026, 11, 20, 18, 0), letting("09:00", "17:00", schema.Unknown), allocator.CheckFirst, "ask whether it can let them in", ""},
	{"hours not said, at night", unknown, coming(2026, 11, 20, 21, 0), onCall(schema.Unknown), allocator.CheckFirst, "who can let them in", ""},
	{"hours not said and nobody on call, before morning", unknown, coming(2026, 11, 24, 7, 59), onCall(schema.No), allocator.CheckFirst, "", ""},
	{"hours that begin when they end", unknown, coming(2026, 11, 24, 3, 0), letting("09:00", "09:00", schema.Unknown), allocator.CheckFirst, "who can let them in", ""},
	{"hours not said, 9pm in London in summer, 8pm in UTC", unknown, coming(2027, 7, 1, 20, 0), onCall(schema.Unknown), allocator.CheckFirst, "", ""},
}

// TestReadySaysWhyItBars: a place that is free and late is another lack than none being free, and each is counted as what it is.
func TestReadySaysWhyItBars(t *testing.T) {
	t.Parallel()
	for want, place := range map[string]func(*schema.Place){
		"not_in_time":   readyIn(30 * time.Hour),
		"no_space_free": func(p *schema.Place) { p.Vacancy.Status = schema.StatusTaken },
	} {
		p := aRoom()
		place(&p)
		failing := allocator.Evaluate(aWoman(), p, noon).Failing()
		if len(failing) != 1 || failing[0].Rule != "ready" || failing[0].Unmet != want {
			t.Errorf("got %+v, want ready to put forward %s", failing, want)
		}
	}
}
