package web

import (
	"bytes"
	"context"
	"net/url"
	"slices"
	"sync/atomic"
	"time"

	"haven/allocator"
	"haven/exchange"
	"haven/schema"
	"haven/web/live"
)

// watched is what one open list is computed from. The reader of the socket sets it, the writer looks at it.
type watched struct {
	need    schema.Need
	request schema.RequestID
	agreed  bool // the page has an agreed place, so its rows have no buttons to hold
}

// watchList pushes changes of places, put to the need on the screen, to one helpline worker's list. It starts with the saved facts and follows
// what the page says it shows: the same facts, typed but not yet saved.
func watchList(v *visit) error {
	var shown atomic.Pointer[watched]
	if id := schema.RequestID(v.PathValue("id")); id != "" {
		r, err := v.web.read.Request(v.Context(), v.actor(), id)
		if err != nil {
			return err
		}
		shown.Store(&watched{need: r.Need, request: r.ID})
	}
	w := v.watch()
	w.Heard = func(message []byte) {
		values, err := url.ParseQuery(string(message))
		if err != nil {
			return
		}
		f := readForm(values, v.web.places)
		if f.empty() {
			shown.Store(nil)
			return
		}
		need, _ := f.preview(v.web.places, v.web.now())
		if len(f.Problems) == 0 {
			shown.Store(&watched{need, schema.RequestID(values.Get("request")), values.Has("agreed")})
		}
	}
	w.See = func(c exchange.Change) (live.Change, bool) {
		switch c.Topic {
		case exchange.TopicHold:
			return live.Change{Hold: c.ID, Version: c.Version}, slices.Contains(c.To, v.account.Organisation)
		case exchange.TopicSpace:
			if now := shown.Load(); now != nil {
				return v.seeSpace(*now, c)
			}
		}
		return live.Change{}, false
	}
	return v.web.live.Serve(v.ResponseWriter, v.Request, w)
}

// watchHolds only says that something of the organisation's changed, so that a page asks for its part again: a hold on either side, or a space
// of its own.
func watchHolds(v *visit) error {
	w := v.watch()
	w.See = func(c exchange.Change) (live.Change, bool) {
		switch c.Topic {
		case exchange.TopicHold:
			return live.Change{Hold: c.ID, Version: c.Version}, slices.Contains(c.To, v.account.Organisation)
		case exchange.TopicSpace:
			return live.Change{Space: c.ID, Version: c.Version}, c.Place != nil && c.Place.Service.Provider == v.account.Organisation
		}
		return live.Change{}, false
	}
	return v.web.live.Serve(v.ResponseWriter, v.Request, w)
}

// watch is what every socket has: it ends with the sign-in behind it, and says how current the list is.
func (v *visit) watch() live.Watch {
	token := ""
	if c, err := v.Cookie(v.web.cookieName()); err == nil {
		token = c.Value
	}
	return live.Watch{
		Alive: func(ctx context.Context) bool {
			ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
			defer cancel()
			account, err := v.web.signed.account(ctx, token)
			if err != nil {
				return err != errSignIn // a ledger that is away signs nobody out
			}
			return account.Role == v.account.Role && account.Organisation == v.account.Organisation
		},
		State: func() string {
			if current, since := v.web.board(); !current {
				return "List from " + clock(since)
			}
			return "Live"
		},
	}
}

// seeSpace shows a changed place as a row for the need on the screen. What is not looked for and what a helpline may not see is not sent.
func (v *visit) seeSpace(shown watched, c exchange.Change) (live.Change, bool) {
	now := v.web.now()
	out := live.Change{Space: c.ID, Version: c.Version}
	if c.Place == nil {
		out.Gone = true
		return out, true
	}
	kind, known := schema.ProvisionOf(c.Place.Service.Provision)
	if known && !shown.need.Looks(kind) {
		return live.Change{}, false
	}
	a := allocator.Evaluate(shown.need, *c.Place, now)
	out.Group = groupOf(a)
	out.Gone = out.Group == ""
	row := rowOf(a, out.Group, holdAction(shown.request, shown.agreed), now)
	if row.Gone = out.Gone; row.Gone {
		row.Status = goneWords(c.Place.Vacancy, now)
	}
	var b bytes.Buffer
	if err := v.web.pages.each["request_console"].ExecuteTemplate(&b, "part_space", row); err != nil {
		v.web.log.Error("live row", "error", err)
		return live.Change{}, false
	}
	out.HTML = b.String()
	return out, true
}

// goneWords say when a space went, as the row that stays says it.
func goneWords(vacancy schema.Vacancy, now time.Time) string {
	switch vacancy.Status {
	case schema.StatusOnHold:
		return statusWords(vacancy, now)
	case schema.StatusTaken:
		return "Taken at " + clock(now)
	}
	return statusWords(vacancy, now)
}
