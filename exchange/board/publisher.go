package board

import (
	"context"
	"errors"
	"fmt"
	"time"

	"haven/exchange"
	"haven/schema"
)

const (
	// beatEvery is how often an idle publisher says that nothing is left: well inside the two seconds after which a list says it may be old.
	beatEvery = 250 * time.Millisecond
	// shortestRest follows a change: changes come in company, and the next is wanted sooner than a whole Poll.
	shortestRest = 2 * time.Millisecond
	// ledgerWithin bounds a question to the ledger other than a rebuild's.
	ledgerWithin = 5 * time.Second
)

// publisher does a relay's work under one term, in one goroutine: no two of its writes are ever under way together.
type publisher struct {
	*Relay
	term    int64
	adopted bool   // the epoch found at the start was looked at
	epoch   string // empty: there is no board, or not ours; build one
	why     string // it must be built, for the log
	audit   time.Time
	beat    time.Time
	rest    time.Duration
	// redis's clock when it was last told, and ours when we heard: together never later than its clock now.
	clock, heard time.Time
}

func newPublisher(r *Relay, term int64) *publisher {
	return &publisher{Relay: r, term: term, why: "none found"}
}

// run until ctx ends (nil) or another relay is found to have superseded this one.
func (p *publisher) run(ctx context.Context) error {
	away := outage{log: p.cfg.Log, words: "relay: publishing waits"}
	for ctx.Err() == nil {
		found, err := p.step(ctx)
		switch {
		case errors.Is(err, errSuperseded):
			return err
		case errors.Is(err, errLost) && p.epoch != "":
			p.epoch, p.why = "", err.Error()
		case err != nil:
			away.endure(ctx, err)
		case found > 0:
			away.over(ctx)
			p.rest = 0
		default:
			away.over(ctx)
			p.rest = min(max(2*p.rest, shortestRest), p.cfg.Poll, beatEvery)
			wait(ctx, p.rest, p.wake)
		}
	}
	return nil
}

// step does what is due, and gives the number of outbox rows it published.
func (p *publisher) step(ctx context.Context) (int, error) {
	if !p.adopted {
		found, err := p.store.head(ctx)
		if err != nil {
			return 0, err
		}
		p.adopted, p.epoch = true, found.epoch
	}
	if p.epoch == "" {
		if err := p.rebuild(ctx); err != nil {
			return 0, err
		}
	}
	n, err := p.publish(ctx)
	// The audit comes after a write, which told Redis our term: from there on nobody with a lower one changes what is being compared.
	if err != nil || time.Since(p.audit) < p.cfg.Audit {
		return n, err
	}
	err = p.compare(ctx)
	p.audit = time.Now()
	return n, err
}

// publish takes one batch from the outbox to Redis, and only then out of the outbox: what is between is published again, and loses there.
func (p *publisher) publish(ctx context.Context) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, ledgerWithin)
	defer cancel()
	asked := time.Now()
	rows, err := p.cfg.Outbox.Unpublished(ctx, p.cfg.Batch)
	if err != nil {
		return 0, fmt.Errorf("outbox: %w", err)
	}
	if len(rows) == 0 && time.Since(p.beat) < beatEvery {
		return 0, nil
	}
	entries, err := p.entries(ctx, rows)
	if err != nil {
		return 0, err
	}
	as := standing{term: p.term, epoch: p.epoch, keep: p.cfg.Keep}
	if len(rows) < p.cfg.Batch && !p.clock.IsZero() {
		as.drained = p.clock.Add(asked.Sub(p.heard))
	}
	clock, err := p.store.publish(ctx, as, entries)
	if err != nil {
		return 0, err
	}
	p.clock, p.heard, p.beat = clock, time.Now(), time.Now()
	if len(rows) == 0 {
		return 0, nil
	}
	ids := make([]int64, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	if err := p.cfg.Outbox.Published(ctx, ids); err != nil {
		return 0, fmt.Errorf("outbox: %w", err)
	}
	return len(rows), nil
}

// entries of a batch: first the spaces it touches, as they are now (however often they changed), then everything else as it came. A page that
// hears of a hold finds the list already changed.
func (p *publisher) entries(ctx context.Context, rows []exchange.OutboxRow) ([]entry, error) {
	var (
		spaces   []schema.SpaceID
		services []schema.ServiceID
		rest     []entry
	)
	told := map[schema.SpaceID]int64{} // newest version a row named; 0 for one that only its service's row is about
	for _, row := range rows {
		switch row.Topic {
		case exchange.TopicSpace:
			id := schema.SpaceID(row.Subject)
			if _, again := told[id]; !again {
				spaces = append(spaces, id)
			}
			told[id] = max(told[id], row.Version)
			continue
		case exchange.TopicService:
			services = append(services, schema.ServiceID(row.Subject))
		}
		rest = append(rest, entry{topic: row.Topic, id: row.Subject, version: row.Version, to: row.To})
	}
	if len(services) > 0 {
		theirs, err := p.cfg.Outbox.SpacesOf(ctx, services)
		if err != nil {
			return nil, fmt.Errorf("spaces of services: %w", err)
		}
		for _, id := range theirs {
			if _, again := told[id]; !again {
				spaces, told[id] = append(spaces, id), 0
			}
		}
	}
	if len(spaces) == 0 {
		return rest, nil
	}
	places, err := p.cfg.Outbox.Places(ctx, spaces)
	if err != nil {
		return nil, fmt.Errorf("places: %w", err)
	}
	entries := make([]entry, 0, len(spaces)+len(rest))
	for _, id := range spaces {
		e := entry{topic: exchange.TopicSpace, id: string(id), version: told[id]}
		if place, published := places[id]; published {
			e.place, e.version = &place, place.Version
		} else if e.version == 0 {
			continue // off the board already: the row that took it off said so
		}
		entries = append(entries, e)
	}
	return append(entries, rest...), nil
}
