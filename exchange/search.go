package exchange

import (
	"context"
	"time"

	"haven/allocator"
	"haven/schema"
)

// SearchCount is what is recorded of a search: how many places, never for whom.
type SearchCount struct {
	At           time.Time
	Organisation schema.OrganisationID
	Fits, Check  int
	Unconfirmed  int
	DoesNotFit   int
}

// SearchRecord keeps counts of searches in batches.
type SearchRecord interface {
	RecordSearches(ctx context.Context, counts []SearchCount) error
}

const (
	// searchBacklog counts wait in memory; when it is full a count is dropped rather than a search delayed.
	searchBacklog = 4096
	searchBatch   = 500
)

// Search matches a need against every live place in memory: no query, no network. The count is recorded afterwards.
func (x *Exchange) Search(actor Actor, need schema.Need, now time.Time) (allocator.Shortlist, error) {
	if err := need.Check(); err != nil {
		return allocator.Shortlist{}, err
	}
	list := x.index.Search(need, now)
	select {
	case x.searches <- SearchCount{At: now, Organisation: actor.Organisation, Fits: list.Fits.Len(), Check: list.Check.Len(), Unconfirmed: list.Unconfirmed.Len(), DoesNotFit: list.No.Len()}:
	default:
	}
	return list, nil
}

// RecordSearches writes the waiting counts every so often until ctx ends, and once more then.
func (x *Exchange) RecordSearches(ctx context.Context, to SearchRecord, every time.Duration, failed func(error)) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
			defer cancel()
			return x.recordWaiting(last, to)
		case <-tick.C:
			if err := x.recordWaiting(ctx, to); err != nil {
				failed(err)
			}
		}
	}
}

// recordWaiting writes batch after batch until none waits.
func (x *Exchange) recordWaiting(ctx context.Context, to SearchRecord) error {
	for {
		counts := x.waitingCounts()
		if len(counts) == 0 {
			return nil
		}
		if err := to.RecordSearches(ctx, counts); err != nil {
			return err
		}
	}
}

func (x *Exchange) waitingCounts() []SearchCount {
	var counts []SearchCount
	for len(counts) < searchBatch {
		select {
		case c := <-x.searches:
			counts = append(counts, c)
		default:
			return counts
		}
	}
	return counts
}
