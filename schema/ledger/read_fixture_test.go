package ledger_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger/ledgertest"
)

// hand writes rows as the owner, past every rule, so that a query is tested apart from the commands: histories of weeks, and states that no command
// should leave behind.
type hand struct {
	t  testing.TB
	db *sql.DB
}

func byHand(t testing.TB) *hand {
	t.Helper()
	db, err := sql.Open("postgres", ledgertest.OwnerDSN(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return &hand{t, db}
}

func (h *hand) exec(query string, args ...any) {
	h.t.Helper()
	if _, err := h.db.ExecContext(h.t.Context(), query, args...); err != nil {
		h.t.Fatalf("%v\nin %s", err, query)
	}
}

func (h *hand) scan(query string, args []any, into ...any) {
	h.t.Helper()
	if err := h.db.QueryRowContext(h.t.Context(), query, args...).Scan(into...); err != nil {
		h.t.Fatalf("%v\nin %s", err, query)
	}
}

// now is the database's clock, to the microsecond it keeps.
func (h *hand) now() (now time.Time) {
	h.t.Helper()
	h.scan(`SELECT clock_timestamp()`, nil, &now)
	return now.UTC()
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func document(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func (h *hand) organisation(kind schema.OrganisationKind) schema.OrganisationID {
	h.t.Helper()
	id := newID()
	h.exec(`INSERT INTO organisation (id, kind, name) VALUES ($1, $2, $3)`, id, kind, "Organisation "+id[30:])
	return schema.OrganisationID(id)
}

func (h *hand) account(organisation schema.OrganisationID, role schema.Role) schema.AccountID {
	h.t.Helper()
	id := newID()
	h.exec(`INSERT INTO account (id, organisation_id, role, email, name, password_hash) VALUES ($1, $2, $3, $4, 'Sam', 'hash')`,
		id, organisation, role, id+"@example.org")
	return schema.AccountID(id)
}

// actor signs in as a new account of the organisation.
func (h *hand) actor(organisation schema.OrganisationID, role schema.Role) exchange.Actor {
	h.t.Helper()
	return exchange.Actor{By: string(h.account(organisation, role)), Organisation: organisation, Role: role, Via: exchange.ViaPage}
}

func (h *hand) service(provider schema.OrganisationID, codeName string) schema.Service {
	h.t.Helper()
	s := schema.Service{
		ID: schema.ServiceID(newID()), Provider: provider, CodeName: codeName, Provision: schema.Refuge, Version: 1,
		Area:         schema.Area{Kind: schema.AreaCouncil, Code: "Solihull", Name: "Solihull", Lat: 52.4, Lon: -1.7, RadiusKm: 12, Located: true},
		ExcludesFrom: []schema.Area{{Kind: schema.AreaOutcode, Code: "B11", Name: "B11 (excluded)"}},
	}
	h.exec(`INSERT INTO service (id, provider_id, code_name, provision, facts) VALUES ($1, $2, $3, $4, $5)`, s.ID, provider, codeName, s.Provision, document(s))
	return s
}

// space is published as available and confirmed just now. Without rooms it is a room of its own.
func (h *hand) space(service schema.Service, ref string, rooms ...string) schema.Space {
	h.t.Helper()
	if len(rooms) == 0 {
		rooms = []string{ref}
	}
	sp := schema.Space{ID: schema.SpaceID(newID()), Service: service.ID, Ref: ref, Rooms: rooms, BedSpaces: 3}
	h.exec(`INSERT INTO space (id, service_id, provider_id, ref, facts, state, reported_at, confirmed_at, published, version, report_version)
		VALUES ($1, $2, $3, $4, $5, 'available', clock_timestamp(), clock_timestamp(), true, 1, 1)`, sp.ID, service.ID, service.Provider, ref, document(sp))
	for _, room := range rooms {
		h.exec(`INSERT INTO room (id, service_id, ref) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, newID(), service.ID, room)
		h.exec(`INSERT INTO space_room (space_id, room_id) SELECT $1, id FROM room WHERE service_id = $2 AND ref = $3`, sp.ID, service.ID, room)
	}
	return sp
}

func (h *hand) household(organisation schema.OrganisationID) schema.HouseholdID {
	h.t.Helper()
	id := newID()
	h.exec(`INSERT INTO household (id, organisation_id) VALUES ($1, $2)`, id, organisation)
	return schema.HouseholdID(id)
}

// request opens one for a new household unless edit names another, a minute ago unless edit says when.
func (h *hand) request(by exchange.Actor, edit func(*schema.Request)) schema.Request {
	h.t.Helper()
	r := schema.Request{
		ID: schema.RequestID(newID()), Organisation: by.Organisation, State: schema.RequestOpen, OpenedAt: h.now().Add(-time.Minute),
		OpenedBy: schema.AccountID(by.By), Version: 1, Need: schema.Need{Household: schema.Household{Adults: []schema.Adult{{}}}},
	}
	r.Reference = string(r.ID[28:])
	if edit != nil {
		edit(&r)
	}
	if r.Household == "" {
		r.Household = h.household(by.Organisation)
	}
	council := sql.NullString{String: string(r.Council), Valid: r.Council != ""}
	ended := sql.NullTime{Time: r.EndedAt, Valid: !r.EndedAt.IsZero()}
	waiting := sql.NullTime{Time: r.WaitingSince, Valid: r.Waits()}
	h.exec(`INSERT INTO request (id, household_id, organisation_id, council_id, reference, need, state, opened_at, opened_by, ended_at, waiting_since)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		r.ID, r.Household, r.Organisation, council, r.Reference, document(r.Need), r.State, r.OpenedAt, r.OpenedBy, ended, waiting)
	return r
}

// hold promises the space for half an hour; edit may change anything but the claim.
func (h *hand) hold(r schema.Request, service schema.Service, space schema.Space, edit func(*schema.Hold)) schema.Hold {
	h.t.Helper()
	now := h.now()
	v := schema.Hold{
		ID: schema.HoldID(newID()), Request: r.ID, Space: space.ID, Service: service.ID, Provider: service.Provider, Organisation: r.Organisation,
		By: r.OpenedBy, Claim: schema.ClaimID(newID()), State: schema.Held, HeldAt: now, ExpiresAt: now.Add(30 * time.Minute), Version: 1,
		Made: schema.Basis{Need: r.Need, Place: schema.Place{Space: space, Service: service}, Findings: json.RawMessage(`[{"rule":"children_ages"}]`), Rules: "1"},
	}
	v.Code = r.Reference + "-" + string(v.ID[24:])
	if edit != nil {
		edit(&v)
	}
	live := v.State == schema.Held || v.State == schema.Agreed || v.State == schema.Arrived
	kind := schema.Promise
	if v.State == schema.Arrived {
		kind = schema.Occupancy
	}
	h.exec(`INSERT INTO claim (id, kind, space_id, hold_id, made_at, ended_at) VALUES ($1, $2, $3, $4, CAST($5 AS timestamptz), CASE WHEN $6 THEN NULL ELSE CAST($5 AS timestamptz) END)`,
		v.Claim, kind, v.Space, v.ID, v.HeldAt, live)
	h.exec(`INSERT INTO claim_room (claim_id, room_id, kind, live) SELECT $1, room_id, $2, $3 FROM space_room WHERE space_id = $4`, v.Claim, kind, live, v.Space)
	provided := sql.NullString{String: document(v.Provided), Valid: v.Provided != nil}
	survivor := sql.NullString{String: document(v.Survivor), Valid: v.Survivor != nil}
	h.exec(`INSERT INTO hold (id, request_id, space_id, service_id, provider_id, organisation_id, by_id, code, claim_id, state, ask, confirm_area,
			held_at, expires_at, provided, survivor, ended_at, end_code, end_reason, ended_by, made)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
		v.ID, v.Request, v.Space, v.Service, v.Provider, v.Organisation, v.By, v.Code, v.Claim, v.State, v.Ask, v.ConfirmArea,
		v.HeldAt, v.ExpiresAt, provided, survivor, v.EndedAt, v.End, v.EndReason, v.EndedBy, document(v.Made))
	return v
}

// arrival of the household behind a hold, in a provision.
func (h *hand) arrival(r schema.Request, hold schema.Hold, provision schema.ProvisionCode, at time.Time) {
	h.t.Helper()
	h.exec(`INSERT INTO placement (id, hold_id, request_id, household_id, space_id, service_id, provider_id, provision, claim_id, arrived_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		newID(), hold.ID, r.ID, r.Household, hold.Space, hold.Service, hold.Provider, provision, hold.Claim, at)
}

func (h *hand) unmet(r schema.Request, by schema.EndedBy, at time.Time, reasons ...string) {
	h.t.Helper()
	h.exec(`INSERT INTO unmet_need (request_id, organisation_id, reasons, ended_by, at) VALUES ($1, $2, $3, $4, $5)`, r.ID, r.Organisation, pq.Array(reasons), by, at)
}

// stay from a first to a last night, written as dates; an empty last night means it goes on.
func (h *hand) stay(council schema.OrganisationID, r schema.Request, family bool, first, last string) schema.StayID {
	h.t.Helper()
	id := newID()
	h.exec(`INSERT INTO stay (id, request_id, household_id, organisation_id, reference, family, first_night, last_night, started_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, CAST(nullif($8, '') AS date), $9)`,
		id, r.ID, r.Household, council, r.Reference, family, first, last, r.OpenedBy)
	return schema.StayID(id)
}

// wantRefusal fails unless err is a refusal of that kind.
func wantRefusal(t testing.TB, err error, kind schema.Kind, doing string) {
	t.Helper()
	if r, ok := schema.AsRefusal(err); !ok || r.Kind != kind {
		t.Errorf("%s: %v, want a refusal of kind %s", doing, err, kind)
	}
}

func ids[T any, ID ~string](all []T, id func(T) ID) string {
	names := make([]ID, len(all))
	for i, one := range all {
		names[i] = id(one)
	}
	return fmt.Sprint(names)
}
