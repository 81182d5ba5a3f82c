package exchange

import (
	"context"

	"haven/schema"
)

// Complete is everything a service has: what it does not name is unpublished, never silently kept.
type Complete struct {
	Publish
	// DropConfirmed must be true when more than half of the published spaces would go.
	DropConfirmed bool `json:"drop_confirmed,omitempty"`
}

// Snapshot replaces a service's published spaces by the complete list given.
func (x *Exchange) Snapshot(ctx context.Context, actor Actor, c Complete) ([]SpaceOutcome, error) {
	return command(ctx, x, actor, "snapshot", c, func(tx Tx) ([]SpaceOutcome, error) { return snapshot(tx, actor, c) })
}

func snapshot(tx Tx, actor Actor, c Complete) ([]SpaceOutcome, error) {
	now, err := tx.Now()
	if err != nil {
		return nil, err
	}
	if err := c.Check(now); err != nil {
		return nil, err
	}
	service, err := ownService(tx, actor, c.Service)
	if err != nil {
		return nil, err
	}
	missing, err := missingFrom(tx, c)
	if err != nil {
		return nil, err
	}
	// One lock over all of them, named and missing, keeps the order of locks.
	ids, err := namedAnd(tx, c, missing)
	if err != nil {
		return nil, err
	}
	known := map[string]SpaceNow{}
	if len(ids) > 0 {
		spaces, at, err := lock(tx, ids...)
		if err != nil {
			return nil, err
		}
		now = at
		for _, sp := range spaces {
			known[sp.Space.Ref] = sp
		}
	}
	var out []SpaceOutcome
	err = tx.Try(func() error {
		if out, err = applyReports(tx, actor, service, c.Spaces, known, now); err != nil {
			return err
		}
		dropped, err := unpublish(tx, missing, known)
		out = append(out, dropped...)
		return err
	})
	return out, err
}

func missingFrom(tx Tx, c Complete) ([]SpaceNow, error) {
	published, err := tx.SpacesOfService(c.Service)
	if err != nil {
		return nil, err
	}
	named := map[string]bool{}
	for _, s := range c.Spaces {
		named[s.Ref] = true
	}
	var missing []SpaceNow
	total := 0
	for _, sp := range published {
		if !sp.Published {
			continue
		}
		total++
		if !named[sp.Space.Ref] {
			missing = append(missing, sp)
		}
	}
	if len(missing)*2 > total && !c.DropConfirmed {
		return nil, schema.Refuse(schema.KindInvalid, "drop_unconfirmed", "This list leaves out more than half of the published spaces. If that is right, send it again with drop_confirmed.")
	}
	return missing, nil
}

func namedAnd(tx Tx, c Complete, missing []SpaceNow) ([]schema.SpaceID, error) {
	refs := make([]string, 0, len(c.Spaces))
	for _, s := range c.Spaces {
		refs = append(refs, s.Ref)
	}
	found, err := tx.FindSpaces(c.Service, refs)
	if err != nil {
		return nil, err
	}
	var ids []schema.SpaceID
	for _, ref := range refs {
		if id, ok := found[ref]; ok {
			ids = append(ids, id)
		}
	}
	for _, sp := range missing {
		ids = append(ids, sp.Space.ID)
	}
	return ids, nil
}

// unpublish takes the missing spaces off the board, except those with a household due: missing on a promise is a contradiction.
func unpublish(tx Tx, missing []SpaceNow, known map[string]SpaceNow) ([]SpaceOutcome, error) {
	var out []SpaceOutcome
	var gone []schema.SpaceID
	for _, m := range missing {
		sp := known[m.Space.Ref]
		if c, words := contradicted(sp, schema.Report{State: schema.Closed}); c != nil {
			out = append(out, SpaceOutcome{Ref: sp.Space.Ref, Space: sp.Space.ID, Code: "claimed", Claim: c.ID, Words: words})
			continue
		}
		if err := tx.Unpublish(sp.Space.ID); err != nil {
			return nil, err
		}
		if err := tx.Record(Event{What: "space_unpublished", Subject: string(sp.Space.ID)}); err != nil {
			return nil, err
		}
		gone = append(gone, sp.Space.ID)
	}
	if len(gone) == 0 {
		return out, nil
	}
	return out, tx.Bump(gone...)
}
