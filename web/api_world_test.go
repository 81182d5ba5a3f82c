package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"haven/exchange"
	"haven/schema"
	"haven/schema/gazetteer"
	"haven/schema/ledger"
	"haven/schema/ledger/ledgertest"
	"haven/web/live"
)

// world is the API over a ledger of its own, with one organisation of each kind and a token for each role. Services and spaces are made by the
// commands that make them elsewhere.
type world struct {
	t        testing.TB
	db       *ledger.DB
	exchange *exchange.Exchange
	web      *Web
	url      string
	logged   *syncBuffer
	// By role.
	tokens   map[schema.Role]string
	accounts map[schema.Role]schema.AccountID
	of       map[schema.Role]schema.Organisation
	service  schema.Service
	keys     atomic.Int64
}

// syncBuffer may be logged to by many answers at once.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

var shell = exchange.Actor{Role: schema.RoleAdministrator, Via: exchange.ViaShell}

var kindOf = map[schema.Role]schema.OrganisationKind{
	schema.RoleHelpline: schema.KindHelpline, schema.RoleManager: schema.KindProvider, schema.RoleHousing: schema.KindCouncil,
	schema.RoleCommissioner: schema.KindCommissioner, schema.RoleAdministrator: schema.KindNetwork,
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{
		t: t, db: ledgertest.New(t), logged: &syncBuffer{},
		tokens: map[schema.Role]string{}, accounts: map[schema.Role]schema.AccountID{}, of: map[schema.Role]schema.Organisation{},
	}
	places, err := gazetteer.Default()
	must(t, err)
	w.exchange, err = exchange.New(exchange.Config{Ledger: w.db})
	must(t, err)
	w.web, err = New(Config{Exchange: w.exchange, Accounts: w.db, Places: places, Live: live.NewHub(live.Config{}), Log: slog.New(slog.NewTextHandler(w.logged, nil))})
	must(t, err)
	server := httptest.NewServer(w.web)
	t.Cleanup(server.Close)
	w.url = server.URL
	for role, kind := range kindOf {
		w.of[role] = w.organisation(kind, "The "+string(kind))
		w.accounts[role], w.tokens[role] = w.account(w.of[role].ID, role)
	}
	w.service = w.newService(w.of[schema.RoleManager].ID, "Juniper")
	return w
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) organisation(kind schema.OrganisationKind, name string) schema.Organisation {
	w.t.Helper()
	o, err := w.exchange.PutOrganisation(w.t.Context(), shell, schema.Organisation{Kind: kind, Name: name})
	must(w.t, err)
	return o
}

// account makes somebody of a role with an API token.
func (w *world) account(organisation schema.OrganisationID, role schema.Role) (schema.AccountID, string) {
	w.t.Helper()
	id, token := schema.AccountID(uuid.NewString()), uuid.NewString()
	must(w.t, w.db.PutAccount(w.t.Context(), exchange.Account{
		ID: id, Organisation: organisation, Role: role, Email: string(id) + "@example.org", Name: "Sam", PasswordHash: "not used",
	}))
	hash := sha256.Sum256([]byte(token))
	must(w.t, w.db.PutAPIToken(w.t.Context(), hash[:], id, "test"))
	return id, token
}

func (w *world) newService(provider schema.OrganisationID, name string) schema.Service {
	w.t.Helper()
	area, err := w.web.places.Find("CV1")
	must(w.t, err)
	seventeen := 17
	takes := schema.Takes{Words: "Women and their children", Adults: map[schema.Described]schema.Fact{schema.Woman: schema.Yes}, BoysTo: &seventeen}
	for _, row := range schema.TakesFacts() {
		*row.Of(&takes) = schema.Yes
	}
	takes.OnlyThem = schema.No
	// Somebody is there day and night, so that no test depends on the hour it runs at.
	s, err := w.exchange.PutService(w.t.Context(), shell, schema.Service{
		Provider: provider, CodeName: name, Provision: schema.Refuge, Area: area, Takes: takes,
		Reception: schema.Reception{From: "00:00", To: "24:00", AfterHours: schema.Yes},
	}, "")
	must(w.t, err)
	return s
}

func (w *world) actor(role schema.Role) exchange.Actor {
	return exchange.Actor{By: string(w.accounts[role]), Organisation: w.of[role].ID, Role: role, Via: exchange.ViaFeed}
}

// publish makes spaces available: each is a room of its own ref unless it names rooms, "F1=1+2".
func (w *world) publish(specs ...string) []schema.SpaceID {
	w.t.Helper()
	p := exchange.Publish{Service: w.service.ID}
	for _, spec := range specs {
		ref, rooms, _ := strings.Cut(spec, "=")
		facts := schema.Space{BedSpaces: 4, Wheelchair: schema.Yes, LimitedMobility: schema.Yes, SelfContained: schema.Yes}
		if rooms != "" {
			facts.Rooms = strings.Split(rooms, "+")
		}
		p.Spaces = append(p.Spaces, exchange.SpaceReport{Ref: ref, Facts: &facts, Report: schema.Report{State: schema.Available}})
	}
	out, err := w.exchange.Publish(w.t.Context(), w.actor(schema.RoleManager), p)
	must(w.t, err)
	ids := make([]schema.SpaceID, len(out))
	for i, o := range out {
		if o.Code != "" {
			w.t.Fatalf("publish %s: %s %s", o.Ref, o.Code, o.Words)
		}
		ids[i] = o.Space
	}
	return ids
}

// follow brings what was committed to the list that searches read, as the relay and the board do elsewhere.
func (w *world) follow() {
	w.t.Helper()
	var places []schema.Place
	must(w.t, w.db.AllPlaces(w.t.Context(), func(p schema.Place) error {
		places = append(places, p)
		return nil
	}))
	w.exchange.Index().Reset(places)
}

// answer is what the API said.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// problem of an answer; empty where it is none.
func (a answer) problem() (p problem) {
	if a.header.Get("Content-Type") == "application/problem+json" {
		json.Unmarshal(a.body, &p)
	}
	return p
}

// send sends a body as it is, under a key; no header where the key is empty.
func (w *world) send(token, method, path, key, body string) (answer, error) {
	req, err := http.NewRequest(method, w.url+path, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, res.Header, raw}, err
}

// key that was not used before.
func (w *world) key() string { return fmt.Sprintf("key-%d", w.keys.Add(1)) }

// do sends a command or a question as a role and wants a status. A command that was done is sent a second time under its key: it must get the
// same answer to the letter.
func (w *world) do(role schema.Role, method, path, body string, status int) answer {
	w.t.Helper()
	key := w.key()
	a, err := w.send(w.tokens[role], method, "/api/v1"+path, key, body)
	must(w.t, err)
	if a.status != status {
		w.t.Fatalf("%s %s as %s: %d, want %d: %s", method, path, role, a.status, status, a.body)
	}
	if method == http.MethodGet || path == "/search" || status >= http.StatusBadRequest {
		return a
	}
	again, err := w.send(w.tokens[role], method, "/api/v1"+path, key, body)
	must(w.t, err)
	if again.status != a.status || !bytes.Equal(again.body, a.body) {
		w.t.Fatalf("%s %s sent again: %d %s, want %d %s", method, path, again.status, again.body, a.status, a.body)
	}
	return a
}

// into reads an answer strictly: a field the type does not have is a failure.
func into[T any](t testing.TB, a answer) (body T) {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(a.body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&body); err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
	return body
}

// aNeed is a mother with two children who agreed that services see her needs.
const aNeed = `{"household":{"adults":[{"as":"woman"}],"children":[{"age":4,"sex":"boy"},{"age":7,"sex":"girl"}]},` +
	`"avoid":[{"area":"M14"}],"recourse":"no","wheelchair":"no","limited_mobility":"no","share_needs":"yes"}`

func (w *world) request(need string) apiRequestBody {
	w.t.Helper()
	return into[apiRequestBody](w.t, w.do(schema.RoleHelpline, "POST", "/requests", need, http.StatusCreated))
}

func (w *world) hold(request schema.RequestID, space schema.SpaceID) apiHoldBody {
	w.t.Helper()
	return into[apiHoldBody](w.t, w.do(schema.RoleHelpline, "POST", "/requests/"+string(request)+"/holds", `{"space":"`+string(space)+`"}`, http.StatusCreated))
}
