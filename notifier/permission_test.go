package notifier_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"haven/notifier"
)

const survivorNumber = "+447700900123"

// Friday 20 November 2026, midday: London is on UTC.
func permission() *notifier.Permission {
	return &notifier.Permission{
		Number: survivorNumber, Wordings: []string{"plain_time"}, FromMinute: 9 * 60, ToMinute: 15 * 60,
		ConfirmedAt: noon.Add(-24 * time.Hour), ExpiresAt: noon.Add(24 * time.Hour),
	}
}

func TestMayTextSurvivor(t *testing.T) {
	t.Parallel()
	toSurvivor := notifier.Wording{Code: "plain_time", Audience: notifier.Survivor, Urgent: true, ValidFor: time.Hour}
	for name, c := range map[string]struct {
		edit func(*notifier.Message, *notifier.Permission)
		want string
	}{
		"all in place":               {func(*notifier.Message, *notifier.Permission) {}, ""},
		"nothing recorded":           {func(m *notifier.Message, _ *notifier.Permission) { m.Grounds.Permission = nil }, "no_permission"},
		"a duty number only":         {func(m *notifier.Message, _ *notifier.Permission) { m.Grounds = notifier.Grounds{DutyNumber: true} }, "no_permission"},
		"another number":             {func(m *notifier.Message, _ *notifier.Permission) { m.To = "+447700900124" }, "no_permission"},
		"no number at all":           {func(m *notifier.Message, p *notifier.Permission) { m.To, p.Number = "", "" }, "no_permission"},
		"other words":                {func(_ *notifier.Message, p *notifier.Permission) { p.Wordings = []string{"other"} }, "not_wording"},
		"no words":                   {func(_ *notifier.Message, p *notifier.Permission) { p.Wordings = nil }, "not_wording"},
		"ran out":                    {func(_ *notifier.Message, p *notifier.Permission) { p.ExpiresAt = noon }, "not_current"},
		"never ends":                 {func(_ *notifier.Message, p *notifier.Permission) { p.ExpiresAt = time.Time{} }, "not_current"},
		"never confirmed":            {func(_ *notifier.Message, p *notifier.Permission) { p.ConfirmedAt = time.Time{} }, "not_current"},
		"confirmed later":            {func(_ *notifier.Message, p *notifier.Permission) { p.ConfirmedAt = noon.Add(1) }, "not_current"},
		"before the window":          {func(_ *notifier.Message, p *notifier.Permission) { p.FromMinute = 12*60 + 1 }, "not_window"},
		"at the window's end":        {func(_ *notifier.Message, p *notifier.Permission) { p.ToMinute = 12 * 60 }, "not_window"},
		"no window":                  {func(_ *notifier.Message, p *notifier.Permission) { p.FromMinute, p.ToMinute = 0, 0 }, "not_window"},
		"over midnight, outside":     {func(_ *notifier.Message, p *notifier.Permission) { p.FromMinute, p.ToMinute = 20*60, 8*60 }, "not_window"},
		"over midnight, inside":      {func(_ *notifier.Message, p *notifier.Permission) { p.FromMinute, p.ToMinute = 11*60, 8*60 }, ""},
		"settled already":            {func(m *notifier.Message, _ *notifier.Permission) { m.Grounds.Moot = true }, "moot"},
		"out of time":                {func(m *notifier.Message, _ *notifier.Permission) { m.NotAfter = noon }, "out_of_time"},
		"too early":                  {func(m *notifier.Message, _ *notifier.Permission) { m.NotBefore = noon.Add(1) }, "too_early"},
		"permission is not for duty": {func(m *notifier.Message, _ *notifier.Permission) { m.Grounds.DutyNumber = true }, ""},
	} {
		p := permission()
		m := toSurvivor.Compose("m", survivorNumber, "h", noon, noon)
		m.Grounds.Permission = p
		c.edit(&m, p)
		until, code := notifier.MayText(m, toSurvivor, noon)
		if code != c.want || until.IsZero() != (code != "") {
			t.Errorf("%s: until %v, code %q; want %q", name, until, code, c.want)
		}
	}
}

func TestMayTextStaff(t *testing.T) {
	t.Parallel()
	urgent := notifier.Wording{Code: "u", Audience: notifier.Staff, Urgent: true, ValidFor: time.Hour}
	canWait := notifier.Wording{Code: "w", Audience: notifier.Staff, ValidFor: 10 * time.Hour}
	duty := notifier.Grounds{DutyNumber: true}
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, time.UTC) }
	for name, c := range map[string]struct {
		wording notifier.Wording
		grounds notifier.Grounds
		now     time.Time
		until   time.Time
		code    string
	}{
		"urgent on a duty number, at night":      {urgent, duty, at(21, 3, 0), at(21, 4, 0), ""},
		"not a duty number":                      {urgent, notifier.Grounds{}, at(20, 12, 0), time.Time{}, "not_duty"},
		"a survivor's number":                    {urgent, notifier.Grounds{Permission: permission()}, at(20, 12, 0), time.Time{}, "not_duty"},
		"nobody's wording":                       {notifier.Wording{Code: "x", ValidFor: time.Hour}, duty, at(20, 12, 0), time.Time{}, "no_permission"},
		"can wait, Friday 9am, until 5pm":        {canWait, duty, at(20, 9, 0), at(20, 17, 0), ""},
		"can wait, Friday 8:59am":                {canWait, duty, at(20, 8, 59), time.Time{}, "outside_work"},
		"can wait, Friday 5pm":                   {canWait, duty, at(20, 17, 0), time.Time{}, "outside_work"},
		"can wait, Saturday":                     {canWait, duty, at(21, 12, 0), time.Time{}, "outside_work"},
		"can wait, Sunday":                       {canWait, duty, at(22, 12, 0), time.Time{}, "outside_work"},
		"can wait, in summer 5pm is 4pm by UTC":  {canWait, duty, time.Date(2026, 7, 1, 16, 0, 0, 0, time.UTC), time.Time{}, "outside_work"},
		"can wait, in summer 9am is 8am by UTC":  {canWait, duty, time.Date(2026, 7, 1, 8, 0, 0, 0, time.UTC), time.Date(2026, 7, 1, 16, 0, 0, 0, time.UTC), ""},
		"settled already":                        {urgent, notifier.Grounds{DutyNumber: true, Moot: true}, at(20, 12, 0), time.Time{}, "moot"},
		"can wait, runs out before working ends": {notifier.Wording{Code: "w", Audience: notifier.Staff, ValidFor: time.Hour}, duty, at(20, 12, 0), at(20, 13, 0), ""},
	} {
		m := c.wording.Compose("m", "+447700900982", "h", c.now, c.now)
		m.Grounds = c.grounds
		until, code := notifier.MayText(m, c.wording, c.now)
		if code != c.code || !until.Equal(c.until) {
			t.Errorf("%s: until %v, code %q; want until %v, code %q", name, until, code, c.until, c.code)
		}
	}
}

// A text a network holds back must not arrive outside what she said, so the provider is told to drop it at whichever end comes first.
func TestMayTextSurvivorUntil(t *testing.T) {
	t.Parallel()
	w := notifier.Wording{Code: "plain_time", Audience: notifier.Survivor, ValidFor: 2 * time.Hour}
	for name, c := range map[string]struct {
		edit func(*notifier.Permission)
		want time.Time
	}{
		"the words stop being true": {func(*notifier.Permission) {}, noon.Add(2 * time.Hour)},
		"the window ends":           {func(p *notifier.Permission) { p.ToMinute = 12*60 + 30 }, noon.Add(30 * time.Minute)},
		"the permission ends":       {func(p *notifier.Permission) { p.ExpiresAt = noon.Add(time.Minute) }, noon.Add(time.Minute)},
	} {
		m := w.Compose("m", survivorNumber, "h", noon, noon)
		m.Grounds.Permission = permission()
		c.edit(m.Grounds.Permission)
		if until, code := notifier.MayText(m, w, noon); code != "" || !until.Equal(c.want) {
			t.Errorf("%s: until %v, code %q; want %v", name, until, code, c.want)
		}
	}
}

// S7: a survivor is texted only under everything she said, and up to until the answer would still have been yes.
func TestSurvivorIsTextedOnlyAsAgreed(t *testing.T) {
	t.Parallel()
	minutes := func(t *rapid.T, label string, from, to int) time.Duration {
		return time.Duration(rapid.IntRange(from, to).Draw(t, label)) * time.Minute
	}
	rapid.Check(t, func(t *rapid.T) {
		w := notifier.Wording{Code: "plain_time", Audience: notifier.Survivor, ValidFor: minutes(t, "valid for", 1, 600)}
		start := noon.Add(minutes(t, "start", -500_000, 500_000)) // both clock changes are within
		now := start.Add(minutes(t, "now", -10, 700))
		p := &notifier.Permission{
			Number:      rapid.SampledFrom([]string{survivorNumber, "+447700900124", ""}).Draw(t, "number"),
			Wordings:    rapid.SampledFrom([][]string{nil, {"plain_time"}, {"other"}, {"other", "plain_time"}}).Draw(t, "wordings"),
			FromMinute:  rapid.IntRange(0, 24*60).Draw(t, "from"),
			ToMinute:    rapid.IntRange(0, 24*60).Draw(t, "to"),
			ConfirmedAt: start.Add(minutes(t, "confirmed", -2000, 200)),
			ExpiresAt:   start.Add(minutes(t, "expires", -200, 2000)),
		}
		m := w.Compose("m", survivorNumber, "h", start, start)
		m.Grounds = notifier.Grounds{DutyNumber: rapid.Bool().Draw(t, "duty"), Permission: p}
		until, code := notifier.MayText(m, w, now)
		if code != "" {
			return
		}
		london, err := time.LoadLocation("Europe/London")
		if err != nil {
			t.Fatal(err)
		}
		agreed := func(at time.Time) bool {
			clock := at.In(london).Hour()*60 + at.In(london).Minute()
			inside := p.FromMinute <= clock && clock < p.ToMinute
			if p.FromMinute > p.ToMinute {
				inside = clock >= p.FromMinute || clock < p.ToMinute
			}
			named := false
			for _, code := range p.Wordings {
				named = named || code == w.Code
			}
			return inside && named && p.Number == m.To && !at.Before(p.ConfirmedAt) && at.Before(p.ExpiresAt) && at.Before(m.NotAfter)
		}
		for at := now; at.Before(until); at = at.Add(time.Minute) {
			if !agreed(at) {
				t.Fatalf("allowed at %v until %v, but at %v it was not agreed: %+v", now, until, at, p)
			}
		}
		if !until.After(now) {
			t.Fatalf("allowed at %v until %v", now, until)
		}
	})
}
