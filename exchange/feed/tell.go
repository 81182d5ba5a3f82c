package feed

import (
	"context"
	"time"

	"haven/exchange"
	"haven/schema"
)

// telling is what a session's peer was told of holds.
type telling struct {
	*session
	told map[schema.HoldID]int64 // the newest version of each that still lives
	// begun: the live holds were read once. Before that, a hold that was answered and waits for the survivor is not news.
	begun bool
}

// tell sends the open holds after hello, and then every change of a hold of the provider. What the stream loses, the comparison with the
// ledger finds: after a new snapshot of the board, after a failure, and every HoldsEvery.
func (s *session) tell(ctx context.Context) {
	t := &telling{session: s, told: map[schema.HoldID]int64{}}
	tick := time.NewTicker(s.config.HoldsEvery)
	defer tick.Stop()
	err := t.all(ctx)
	for ctx.Err() == nil {
		if err != nil {
			s.log.LogAttrs(ctx, levelOf(err), "feed: read holds", errAttr(err))
			if !pause(ctx, time.Second) {
				return
			}
			err = t.all(ctx)
			continue
		}
		select {
		case <-ctx.Done():
		case c := <-s.changes:
			err = t.one(ctx, c.hold, c.version)
		case <-s.again:
			err = t.all(ctx)
		case <-tick.C:
			err = t.all(ctx)
		}
	}
}

// all compares with the ledger. At first holds that wait for an answer are sent, and agreed ones: whether the peer heard of the agreement before
// its connection broke cannot be known.
func (t *telling) all(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readFor)
	defer cancel()
	views, err := t.config.Reader.LiveHolds(ctx, actor(t.key))
	if err != nil {
		return err
	}
	live := make(map[schema.HoldID]bool, len(views))
	for _, v := range views {
		if v.Provider != t.key.Organisation {
			continue
		}
		live[v.ID] = true
		if !t.begun && v.Provided != nil && v.State != schema.Agreed {
			t.told[v.ID] = v.Version
			continue
		}
		t.hold(v)
	}
	t.begun = true
	for id := range t.told {
		if live[id] {
			continue
		}
		if err := t.one(ctx, id, 0); err != nil {
			return err
		}
	}
	return nil
}

// one reads a hold that changed. A version of 0 reads it whatever was told.
func (t *telling) one(ctx context.Context, id schema.HoldID, version int64) error {
	if told, ok := t.told[id]; ok && version != 0 && told >= version {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, readFor)
	defer cancel()
	v, err := t.config.Reader.Hold(ctx, actor(t.key), id)
	if refused, ok := schema.AsRefusal(err); ok && refused.Kind == schema.KindNotFound {
		delete(t.told, id)
		return nil
	}
	if err != nil {
		return err
	}
	if v.Provider == t.key.Organisation {
		t.hold(v)
	}
	return nil
}

// hold tells a hold as it is: older news than was told is dropped.
func (t *telling) hold(v exchange.HoldView) {
	told, known := t.told[v.ID]
	if v.State == schema.Ended || v.State == schema.Arrived {
		delete(t.told, v.ID)
		t.send("hold_ended", endedOf(v))
		return
	}
	if known && told >= v.Version {
		return
	}
	t.told[v.ID] = v.Version
	t.send("hold", holdOf(v))
}

func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
