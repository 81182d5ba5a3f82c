package board

import (
	"context"
	"encoding/json"
	"fmt"

	"haven/exchange"
	"haven/schema"
)

// snapshot gives the whole board at one point of the stream, with the moment's head.
//
// Places are read a part at a time while the relay goes on writing, so what is read is a mixture of moments. The entries published from
// before the first part until after the last are then laid over it, newer over older, and that makes it exactly the board at the last of
// them: whatever the reading missed or saw half done is among those entries.
func (s store) snapshot(ctx context.Context) (head, []schema.Place, error) {
	start, err := s.head(ctx)
	if err != nil {
		return head{}, nil, err
	}
	if start.epoch == "" {
		return head{}, nil, fmt.Errorf("%w: none has been built yet", errLost)
	}
	places := map[string]schema.Place{}
	if err := s.each(ctx, s.keys.place, func(id, text string) error {
		var place schema.Place
		if err := json.Unmarshal([]byte(text), &place); err != nil {
			return fmt.Errorf("place %s: %w", id, err)
		}
		places[id] = place
		return nil
	}); err != nil {
		return head{}, nil, err
	}
	end, err := s.head(ctx)
	if err != nil {
		return head{}, nil, err
	}
	if end.epoch != start.epoch || end.n < start.n {
		return head{}, nil, fmt.Errorf("%w: it was replaced while it was read", errLost)
	}
	at := start.position
	for at.n < end.n {
		changes, next, err := s.read(ctx, at, 0)
		if err != nil {
			return head{}, nil, err
		}
		if len(changes) == 0 {
			return head{}, nil, fmt.Errorf("%w: entries %d to %d are missing", errLost, at.n+1, end.n)
		}
		for _, change := range changes {
			overlay(places, change)
		}
		at = next
	}
	all := make([]schema.Place, 0, len(places))
	for _, place := range places {
		all = append(all, place)
	}
	return head{at, end.age}, all, nil
}

// overlay lets a change replace what is older or the same: the reading may already have seen it, or a later one.
func overlay(places map[string]schema.Place, change exchange.Change) {
	if change.Topic != exchange.TopicSpace || places[change.ID].Version > change.Version {
		return
	}
	if change.Place == nil {
		delete(places, change.ID)
		return
	}
	if have, ok := places[change.ID]; ok && have.Version == change.Version && have.Service.Version > change.Place.Service.Version {
		return
	}
	places[change.ID] = *change.Place
}
