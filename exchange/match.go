package exchange

import (
	"context"
	"time"

	"haven/allocator"
	"haven/schema"
)

const (
	// mostMatches a request has at once of each verdict. Whoever has fifty places to call is not short of one more, and a need of which little is
	// known would match the whole country "check first".
	mostMatches = 50
	// tellEvery is the shortest time between two texts about one request (an assumption, to be tried with those who get them): what opens meanwhile
	// is in the next.
	tellEvery = 15 * time.Minute
	// staleMatchAfter: a text that a place may fit is worth nothing later; by then it is gone, or seen on the page.
	staleMatchAfter = time.Hour
)

// settleMatches puts spaces to a request that waits, as both stand in the ledger now, and gives what is live for it afterwards. What was seen in memory
// only proposes: it may be old, and another process may have been first. Under the request's lock the same proposal twice does nothing twice (S1's
// manner, for telling): one match, one event and at most one text an opening.
func (x *Exchange) settleMatches(ctx context.Context, request schema.RequestID, spaces []schema.SpaceID) ([]schema.Match, error) {
	return command(ctx, x, Clock(), "match", request, func(tx Tx) ([]schema.Match, error) {
		r, err := tx.LockRequest(request)
		if err != nil || !r.Waits() {
			return nil, err
		}
		now, err := tx.Now()
		if err != nil {
			return nil, err
		}
		m, err := matching(tx, r, now)
		if err != nil {
			return nil, err
		}
		if err := m.settle(spaces); err != nil {
			return nil, err
		}
		if err := m.tell(); err != nil {
			return nil, err
		}
		if m.changed {
			r.Version++ // or pages would drop what they are told
			err = tx.SaveRequest(r)
		}
		if err == nil && m.changed {
			err = tx.Tell(TopicRequest, string(r.ID), r.Version, r.Organisation)
		}
		return m.live, err
	})
}

// matches of one request under its lock.
type matches struct {
	tx      Tx
	request schema.Request
	now     time.Time
	live    []schema.Match
	since   map[schema.SpaceID]time.Time // of the spaces to settle
	changed bool
}

func matching(tx Tx, r schema.Request, now time.Time) (*matches, error) {
	live, err := tx.LiveMatches(r.ID)
	return &matches{tx: tx, request: r, now: now, live: live}, err
}

func (m *matches) settle(spaces []schema.SpaceID) error {
	if len(spaces) == 0 {
		return nil
	}
	places, err := m.tx.Places(spaces...)
	if err != nil {
		return err
	}
	if m.since, err = m.tx.Since(spaces...); err != nil {
		return err
	}
	for _, space := range spaces {
		verdict := allocator.DoesNotFit
		if place, published := places[space]; published {
			verdict = allocator.Evaluate(m.request.Need, place, m.now).Verdict
		}
		if err := m.put(space, verdict); err != nil {
			return err
		}
	}
	return nil
}

// put finds, keeps or loses a place.
func (m *matches) put(space schema.SpaceID, verdict allocator.Verdict) error {
	for i, known := range m.live {
		if known.Space != space {
			continue
		}
		switch {
		case verdict == allocator.DoesNotFit:
			known.GoneAt = m.now
			m.live = append(m.live[:i:i], m.live[i+1:]...)
			return m.save(known, "match_gone")
		case known.Verdict != string(verdict):
			known.Verdict, known.Known = string(verdict), m.wasThere(space)
			m.live[i] = known
			return m.save(known, "match_changed")
		}
		return nil
	}
	if verdict == allocator.DoesNotFit || countOf(m.live, verdict) >= mostMatches {
		return nil
	}
	found := schema.Match{Request: m.request.ID, Space: space, Verdict: string(verdict), FoundAt: m.now, Known: m.wasThere(space)}
	if err := m.tx.InsertMatch(found); err != nil {
		return err
	}
	m.live = append(m.live, found)
	return m.record(found, "match_found")
}

// wasThere says whether a place is what it is since before they began to wait. Whoever asked to keep looking had it on the list and is not called about it
// a moment later.
func (m *matches) wasThere(space schema.SpaceID) bool {
	return m.since[space].Before(m.request.WaitingSince)
}

func countOf(live []schema.Match, verdict allocator.Verdict) int {
	n := 0
	for _, match := range live {
		if match.Verdict == string(verdict) {
			n++
		}
	}
	return n
}

func (m *matches) save(match schema.Match, what string) error {
	if err := m.tx.SaveMatch(match); err != nil {
		return err
	}
	return m.record(match, what)
}

func (m *matches) record(match schema.Match, what string) error {
	m.changed = true
	return m.tx.Record(Event{What: what, Subject: string(m.request.ID), Body: map[string]any{"space": match.Space, "verdict": match.Verdict}})
}

// tell texts those on duty that places fit, once for all that they were not told of. Places to check first are on the page and worth no night call.
func (m *matches) tell() error {
	var untold []int
	for i, match := range m.live {
		if match.Verdict == string(allocator.Fits) && !match.Known && match.ToldAt.IsZero() {
			untold = append(untold, i)
		}
	}
	if len(untold) == 0 {
		return nil
	}
	last, err := m.tx.LastTold(m.request.ID)
	if err != nil || m.now.Sub(last) < tellEvery {
		return err
	}
	id, err := newID()
	if err != nil {
		return err
	}
	queued, err := m.tx.Text(TextRequest{ID: schema.MessageID(id), Wording: "place_may_fit", Request: m.request.ID, NotAfter: m.now.Add(staleMatchAfter)})
	if err != nil || !queued {
		return err
	}
	for _, i := range untold {
		m.live[i].ToldAt = m.now
		if err := m.tx.SaveMatch(m.live[i]); err != nil {
			return err
		}
	}
	m.changed = true
	return m.tx.Record(Event{What: "match_told", Subject: string(m.request.ID), Body: map[string]any{"places": len(untold)}})
}
