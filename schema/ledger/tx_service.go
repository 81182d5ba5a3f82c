package ledger

import (
	"haven/schema"
)

func (t *tx) PutOrganisation(o schema.Organisation) error {
	_, err := t.exec("organisation", `
		INSERT INTO organisation (id, kind, name) VALUES ($1, $2, $3)
		ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name`, o.ID, o.Kind, o.Name)
	return err
}

// PutService never moves a service to another provider: its holds, placements and figures belong to the one it was made for.
func (t *tx) PutService(s schema.Service, dutyNumber string) (version int64, err error) {
	facts, err := document("the service", s)
	if err != nil {
		return 0, err
	}
	err = t.get("service", &version, `
		INSERT INTO service (id, provider_id, code_name, provision, facts, hold_minutes) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET code_name = excluded.code_name, provision = excluded.provision, facts = excluded.facts,
			hold_minutes = excluded.hold_minutes, version = service.version + 1
		WHERE service.provider_id = excluded.provider_id
		RETURNING version`, s.ID, s.Provider, s.CodeName, s.Provision, facts, s.HoldMinutes)
	if err != nil {
		return 0, err
	}
	_, err = t.exec("duty number", `
		INSERT INTO service_contact (service_id, provider_id, duty_number) VALUES ($1, $2, $3)
		ON CONFLICT (service_id) DO UPDATE SET duty_number = excluded.duty_number`, s.ID, s.Provider, dutyNumber)
	return version, err
}

func (t *tx) Service(id schema.ServiceID) (schema.Service, error) {
	var row struct {
		Provider string `db:"provider_id"`
		Facts    []byte `db:"facts"`
		Version  int64  `db:"version"`
	}
	if err := t.get("service", &row, `SELECT provider_id, facts, version FROM service WHERE id = $1`, key(id)); err != nil {
		return schema.Service{}, err
	}
	return serviceOf(string(id), row.Provider, row.Facts, row.Version)
}
