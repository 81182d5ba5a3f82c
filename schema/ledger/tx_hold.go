package ledger

import (
	"haven/schema"
)

const holdQuery = holdColumns + ` FROM hold h `

func (t *tx) Hold(id schema.HoldID) (schema.Hold, error) {
	return t.hold(`WHERE h.id = $1`, key(id))
}

func (t *tx) LockHold(id schema.HoldID) (schema.Hold, error) {
	return t.hold(`WHERE h.id = $1 FOR NO KEY UPDATE`, key(id))
}

// HoldOfClaim looks past the organisation: what stands in a report's way may be anybody's hold.
func (t *tx) HoldOfClaim(id schema.ClaimID) (h schema.Hold, err error) {
	err = t.Across(func() (err error) {
		h, err = t.hold(`WHERE h.id = (SELECT hold_id FROM claim WHERE id = $1)`, key(id))
		return err
	})
	return h, err
}

func (t *tx) hold(where string, arg any) (schema.Hold, error) {
	var row holdRead
	if err := t.get("hold", &row, holdQuery+where, arg); err != nil {
		return schema.Hold{}, err
	}
	v, err := row.view(asked{})
	return v.Hold, err
}

// LiveHolds in the order they were made.
func (t *tx) LiveHolds(request schema.RequestID) ([]schema.Hold, error) {
	var rows []holdRead
	if err := t.list("holds", &rows, holdQuery+`WHERE h.request_id = $1 AND h.state IN ('held', 'agreed') ORDER BY h.held_at, h.id`, key(request)); err != nil {
		return nil, err
	}
	holds := make([]schema.Hold, len(rows))
	for i, row := range rows {
		v, err := row.view(asked{})
		if err != nil {
			return nil, err
		}
		holds[i] = v.Hold
	}
	return holds, nil
}

func (t *tx) CountHolds(request schema.RequestID) (n int, err error) {
	err = t.get("holds", &n, `SELECT count(*) FROM hold WHERE request_id = $1`, key(request))
	return n, err
}

func (t *tx) InsertHold(h schema.Hold) error {
	made, err := document("what the hold was made on", h.Made)
	if err != nil {
		return err
	}
	provided, survivor, err := answers(h)
	if err != nil {
		return err
	}
	_, err = t.exec("hold", `
		INSERT INTO hold (id, request_id, space_id, service_id, provider_id, organisation_id, by_id, code, claim_id, state, ask, confirm_area,
			held_at, expires_at, extensions, provided, survivor, arrive_by, agreed_at, ended_at, end_code, end_reason, ended_by, version, made)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)`,
		h.ID, h.Request, h.Space, h.Service, h.Provider, h.Organisation, h.By, h.Code, h.Claim, h.State, h.Ask, h.ConfirmArea,
		h.HeldAt, h.ExpiresAt, h.Extensions, provided, survivor, h.ArriveBy, h.AgreedAt, h.EndedAt, h.End, h.EndReason, h.EndedBy, h.Version, made)
	return err
}

// SaveHold keeps what a verb changed. What was promised to whom, and on what, never changes (S9).
func (t *tx) SaveHold(h schema.Hold) error {
	provided, survivor, err := answers(h)
	if err != nil {
		return err
	}
	return t.one("hold", `
		UPDATE hold SET state = $2, expires_at = $3, extensions = $4, provided = $5, survivor = $6, arrive_by = $7, agreed_at = $8, ended_at = $9,
			end_code = $10, end_reason = $11, ended_by = $12, version = $13, confirm_area = $14
		WHERE id = $1`,
		key(h.ID), h.State, h.ExpiresAt, h.Extensions, provided, survivor, h.ArriveBy, h.AgreedAt, h.EndedAt, h.End, h.EndReason, h.EndedBy, h.Version, h.ConfirmArea)
}

// answers of both sides, null where there is none yet.
func answers(h schema.Hold) (provided, survivor any, err error) {
	for _, side := range []struct {
		answer *schema.Answer
		into   *any
	}{{h.Provided, &provided}, {h.Survivor, &survivor}} {
		if side.answer == nil {
			continue
		}
		if *side.into, err = document("an answer", side.answer); err != nil {
			return nil, nil, err
		}
	}
	return provided, survivor, nil
}
