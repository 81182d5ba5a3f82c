package board

import (
	"context"
	"fmt"

	"haven/schema"
)

// compare is errLost when the board is not what the ledger says: a Redis that failed over without its last writes, or was written by others.
//
// Redis is read first. A space that changes between the two readings has an outbox row when the ledger is read, and is left out; a space
// without one was published before, by this goroutine or under an earlier term. A difference therefore is real; it is looked at a second
// time all the same, because a rebuild that was not needed costs every follower a snapshot.
func (p *publisher) compare(ctx context.Context) error {
	first, err := p.differing(ctx)
	if err != nil || len(first) == 0 {
		return err
	}
	second, err := p.differing(ctx)
	if err != nil {
		return err
	}
	var both int
	for id := range second {
		if first[id] {
			both++
		}
	}
	if both > 0 {
		return fmt.Errorf("%w: %d places differ from the ledger", errLost, both)
	}
	return nil
}

func (p *publisher) differing(ctx context.Context) (map[schema.SpaceID]bool, error) {
	board, err := p.store.versions(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, ledgerWithin)
	defer cancel()
	settled, unsettled, err := p.cfg.Outbox.Versions(ctx)
	if err != nil {
		return nil, fmt.Errorf("versions: %w", err)
	}
	return differences(board, settled, unsettled), nil
}

// differences leaves out, on both sides, what has not settled.
func differences(board, settled map[schema.SpaceID]int64, unsettled map[schema.SpaceID]bool) map[schema.SpaceID]bool {
	differ := map[schema.SpaceID]bool{}
	for id, version := range settled {
		if have, on := board[id]; !on || have != version {
			differ[id] = true
		}
	}
	for id := range board {
		if _, known := settled[id]; !known && !unsettled[id] {
			differ[id] = true
		}
	}
	return differ
}
