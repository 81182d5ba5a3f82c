package exchange

import (
	"context"

	"haven/schema"
)

// Confirming says that reports are still right: of some spaces, or of all of a service.
type Confirming struct {
	Service schema.ServiceID `json:"service"`
	// Refs to confirm; empty means every published space of the service.
	Refs []string `json:"refs,omitempty"`
}

// Confirm keeps who confirmed what and when, and makes the spaces fresh. It gives how many were confirmed.
func (x *Exchange) Confirm(ctx context.Context, actor Actor, c Confirming) (int, error) {
	return command(ctx, x, actor, "confirm", c, func(tx Tx) (int, error) { return confirm(tx, actor, c) })
}

func confirm(tx Tx, actor Actor, c Confirming) (int, error) {
	if _, err := ownService(tx, actor, c.Service); err != nil {
		return 0, err
	}
	ids, err := confirmable(tx, c)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	spaces, _, err := lock(tx, ids...)
	if err != nil {
		return 0, err
	}
	ids = ids[:0]
	for _, sp := range spaces {
		switch {
		case sp.Published:
			ids = append(ids, sp.Space.ID)
		case len(c.Refs) > 0:
			// An answer that it was confirmed would leave the provider sure that it is on the list.
			return 0, schema.Invalid("refs", "refs names a space that is not published now: "+sp.Space.Ref+". Publish a report on it instead.")
		}
	}
	if len(ids) == 0 {
		return 0, nil
	}
	err = tx.Try(func() error {
		if err := tx.Confirm(ids...); err != nil {
			return err
		}
		if err := tx.Record(Event{What: "confirmed", Subject: string(c.Service), Body: map[string]any{"spaces": len(ids)}}); err != nil {
			return err
		}
		return tx.Bump(ids...)
	})
	return len(ids), err
}

func confirmable(tx Tx, c Confirming) ([]schema.SpaceID, error) {
	var ids []schema.SpaceID
	if len(c.Refs) == 0 {
		spaces, err := tx.SpacesOfService(c.Service)
		if err != nil {
			return nil, err
		}
		for _, sp := range spaces {
			if sp.Published {
				ids = append(ids, sp.Space.ID)
			}
		}
		return ids, nil
	}
	if len(c.Refs) > MostSpacesAMessage {
		return nil, schema.Invalid("refs", "refs can name at most 500 spaces; leave it out to confirm all")
	}
	found, err := tx.FindSpaces(c.Service, c.Refs)
	if err != nil {
		return nil, err
	}
	for _, ref := range c.Refs {
		id, ok := found[ref]
		if !ok {
			return nil, schema.Invalid("refs", "refs names a space this service has not published: "+ref)
		}
		ids = append(ids, id)
	}
	return ids, nil
}
