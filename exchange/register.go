package exchange

import (
	"context"

	"haven/schema"
)

// PutOrganisation makes or renames an organisation.
func (x *Exchange) PutOrganisation(ctx context.Context, actor Actor, o schema.Organisation) (schema.Organisation, error) {
	if o.Name == "" {
		return o, schema.Invalid("name", "The organisation needs a name")
	}
	return command(ctx, x, actor, "put_organisation", o, func(tx Tx) (schema.Organisation, error) {
		if o.ID == "" {
			id, err := newID()
			if err != nil {
				return o, err
			}
			o.ID = schema.OrganisationID(id)
		}
		if err := tx.PutOrganisation(o); err != nil {
			return o, err
		}
		return o, tx.Record(Event{What: "organisation_put", Subject: string(o.ID), Body: o})
	})
}

type serviceArgs struct {
	Service    schema.Service
	DutyNumber string
}

// PutService makes or changes a service as its provider chooses to publish it. The duty number is kept apart and never published. Its spaces get
// new versions, because every list that has them has the old facts of the service beside them.
func (x *Exchange) PutService(ctx context.Context, actor Actor, s schema.Service, dutyNumber string) (schema.Service, error) {
	if err := s.Check(); err != nil {
		return s, err
	}
	return command(ctx, x, actor, "put_service", serviceArgs{s, dutyNumber}, func(tx Tx) (schema.Service, error) {
		if s.ID == "" {
			id, err := newID()
			if err != nil {
				return s, err
			}
			s.ID = schema.ServiceID(id)
		}
		version, err := tx.PutService(s, dutyNumber)
		if err != nil {
			return s, err
		}
		s.Version = version
		if err := tx.Record(Event{What: "service_put", Subject: string(s.ID), Body: s}); err != nil {
			return s, err
		}
		if err := tx.Tell(TopicService, string(s.ID), version); err != nil {
			return s, err
		}
		return s, bumpSpacesOf(tx, s.ID)
	})
}

func bumpSpacesOf(tx Tx, id schema.ServiceID) error {
	spaces, err := tx.SpacesOfService(id)
	if err != nil || len(spaces) == 0 {
		return err
	}
	ids := make([]schema.SpaceID, 0, len(spaces))
	for _, sp := range spaces {
		ids = append(ids, sp.Space.ID)
	}
	if _, _, err := lock(tx, ids...); err != nil {
		return err
	}
	return tx.Bump(ids...)
}
