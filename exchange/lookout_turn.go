package exchange

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"time"

	"haven/allocator"
	"haven/schema"
)

// waitingPage is how many requests are read at a time.
const waitingPage = 500

// waiter is what a lookout knows of a request that waits: as it was read, and what is live for it in the ledger. It may be behind; settling finds out.
type waiter struct {
	request schema.Request
	live    map[schema.SpaceID]allocator.Verdict
	// due are the spaces to settle in this turn, and adds how many of them are new, by verdict.
	due  map[schema.SpaceID]struct{}
	adds map[allocator.Verdict]int
}

// turn looks at what was heard. What could not be settled counts as heard again.
func (l *Lookout) turn(ctx context.Context, now time.Time) error {
	news := l.take()
	fresh, err := l.read(ctx, &news)
	if err == nil {
		err = l.propose(ctx, fresh, news.spaces, now)
	}
	if err == nil {
		news, err = l.settle(ctx)
	}
	if err != nil {
		l.hear(func() { l.heard.add(news) })
	}
	return err
}

// read brings the waiting up to date with the ledger. It gives those to put to all places, and adds to the news the spaces of matches that others made
// or ended, for this process may have looked before it knew.
func (l *Lookout) read(ctx context.Context, news *heard) ([]*waiter, error) {
	requests, err := l.requests(ctx, *news)
	if err != nil {
		return nil, err
	}
	requests = l.forgetOthers(requests, news.all)
	live, err := l.liveMatches(ctx, requests)
	if err != nil {
		return nil, err
	}
	var fresh []*waiter
	for _, r := range requests {
		before, known := l.known[r.ID]
		w := &waiter{request: r, live: live[r.ID]}
		l.known[r.ID] = w
		l.list.Put(r.ID, r.Need, r.Version)
		if news.all || !known || !reflect.DeepEqual(before.request.Need, r.Need) {
			fresh = append(fresh, w)
			continue
		}
		for _, space := range differing(before.live, w.live) {
			news.spaces[space] = struct{}{}
		}
	}
	return fresh, nil
}

func (l *Lookout) requests(ctx context.Context, news heard) ([]schema.Request, error) {
	if !news.all {
		if len(news.requests) == 0 {
			return nil, nil
		}
		return l.x.ledger.Requests(ctx, slices.Collect(maps.Keys(news.requests)))
	}
	var all []schema.Request
	var last schema.RequestID
	for {
		page, err := l.x.ledger.WaitingNeeds(ctx, Clock(), last, waitingPage)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if len(page) < waitingPage {
			return all, nil
		}
		last = page[len(page)-1].ID
	}
}

// forgetOthers keeps those that wait. The others wait no more; and where all that wait are given, neither does anything else that is known.
func (l *Lookout) forgetOthers(requests []schema.Request, all bool) []schema.Request {
	var waiting []schema.Request
	ids := map[schema.RequestID]bool{}
	for _, r := range requests {
		if r.Waits() {
			waiting = append(waiting, r)
			ids[r.ID] = true
		} else {
			l.forget(r.ID, r.Version)
		}
	}
	for id, w := range l.known {
		if all && !ids[id] {
			l.forget(id, w.request.Version+1) // it stopped since, and that made a version
		}
	}
	return waiting
}

// forget a request. One that was never known needs no word in the list: what is read of it is never older than what was.
func (l *Lookout) forget(id schema.RequestID, version int64) {
	if _, known := l.known[id]; known {
		delete(l.known, id)
		l.list.Remove(id, version)
	}
}

func (l *Lookout) liveMatches(ctx context.Context, requests []schema.Request) (map[schema.RequestID]map[schema.SpaceID]allocator.Verdict, error) {
	live := map[schema.RequestID]map[schema.SpaceID]allocator.Verdict{}
	for part := range slices.Chunk(requests, waitingPage) {
		ids := make([]schema.RequestID, len(part))
		for i, r := range part {
			ids[i] = r.ID
		}
		matches, err := l.x.ledger.MatchesOfRequests(ctx, ids)
		if err != nil {
			return nil, err
		}
		for _, m := range matches {
			if live[m.Request] == nil {
				live[m.Request] = map[schema.SpaceID]allocator.Verdict{}
			}
			live[m.Request][m.Space] = allocator.Verdict(m.Verdict)
		}
	}
	return live, nil
}

// differing spaces are in one of the two only, or in both with other verdicts.
func differing(a, b map[schema.SpaceID]allocator.Verdict) []schema.SpaceID {
	var out []schema.SpaceID
	for space, verdict := range a {
		if b[space] != verdict {
			out = append(out, space)
		}
	}
	for space := range b {
		if _, both := a[space]; !both {
			out = append(out, space)
		}
	}
	return out
}

// propose works out in memory what may have to be settled: each fresh request against all places, each changed place against all requests. It is no use
// to a process that is asked to stop.
func (l *Lookout) propose(ctx context.Context, fresh []*waiter, changed map[schema.SpaceID]struct{}, now time.Time) error {
	if len(fresh) > 0 {
		list := allocator.NewWaiting()
		places := l.onBoard()
		for _, w := range fresh {
			list.Put(w.request.ID, w.request.Need, w.request.Version)
			for space := range w.live {
				places[space] = struct{}{} // what has gone from the board is gone for her
			}
		}
		for space := range places {
			if err := ctx.Err(); err != nil {
				return err
			}
			verdicts := l.match(list, space, now)
			for _, w := range fresh {
				w.propose(space, verdicts[w.request.ID])
			}
		}
	}
	for space := range changed {
		if err := ctx.Err(); err != nil {
			return err
		}
		verdicts := l.match(l.list, space, now)
		for id, w := range l.known {
			w.propose(space, verdicts[id])
		}
	}
	return nil
}

func (l *Lookout) onBoard() map[schema.SpaceID]struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.places)
}

// match gives the verdict of a space for each of a list that it may serve.
func (l *Lookout) match(list *allocator.Waiting, space schema.SpaceID, now time.Time) map[schema.RequestID]allocator.Verdict {
	place, live := l.x.index.Get(space)
	if !live {
		return nil
	}
	fits, check := list.Match(place, now)
	verdicts := make(map[schema.RequestID]allocator.Verdict, len(fits)+len(check))
	for _, id := range fits {
		verdicts[id] = allocator.Fits
	}
	for _, id := range check {
		verdicts[id] = allocator.CheckFirst
	}
	return verdicts
}

// propose a space whose verdict, empty for none, is not what is live; but no more of a kind than a request can have.
func (w *waiter) propose(space schema.SpaceID, verdict allocator.Verdict) {
	was := w.live[space]
	if was == verdict {
		return
	}
	if _, again := w.due[space]; again {
		return
	}
	if was == "" {
		if w.count(verdict)+w.adds[verdict] >= mostMatches {
			return
		}
		if w.adds == nil {
			w.adds = map[allocator.Verdict]int{}
		}
		w.adds[verdict]++
	}
	if w.due == nil {
		w.due = map[schema.SpaceID]struct{}{}
	}
	w.due[space] = struct{}{}
}

func (w *waiter) count(verdict allocator.Verdict) int {
	n := 0
	for _, v := range w.live {
		if v == verdict {
			n++
		}
	}
	return n
}

// settle what was proposed, for those who have waited longest first. It gives back what could not be.
func (l *Lookout) settle(ctx context.Context) (heard, error) {
	var due []*waiter
	for _, w := range l.known {
		if len(w.due) > 0 {
			due = append(due, w)
		}
	}
	slices.SortFunc(due, func(a, b *waiter) int { return a.request.WaitingSince.Compare(b.request.WaitingSince) })
	left := nothingHeard()
	var failed []error
	for _, w := range due {
		spaces := w.due
		w.due, w.adds = nil, nil
		matches, err := l.x.settleMatches(ctx, w.request.ID, slices.Collect(maps.Keys(spaces)))
		if err != nil {
			maps.Copy(left.spaces, spaces)
			failed = append(failed, err)
			continue
		}
		w.live = make(map[schema.SpaceID]allocator.Verdict, len(matches))
		for _, m := range matches {
			w.live[m.Space] = allocator.Verdict(m.Verdict)
		}
	}
	return left, errors.Join(failed...)
}
