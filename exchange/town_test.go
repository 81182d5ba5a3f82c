package exchange_test

import (
	"database/sql"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	_ "github.com/lib/pq" // to look at what no organisation may see

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger"
	"haven/schema/ledger/ledgertest"
)

// town is a ledger of its own with the organisations every test needs. What stands in it was made by commands alone.
type town struct {
	testing.TB
	x     *exchange.Exchange
	db    *ledger.DB
	owner *sql.DB
	// worker and neighbour belong to two helplines, manager and rival to two providers, officer and colleague to two councils.
	worker, neighbour, manager, rival, officer, colleague exchange.Actor
	// refuge is the manager's service, with a duty number.
	refuge schema.Service
}

const dutyNumber = "07700 900123"

func newTown(t testing.TB) *town {
	t.Helper()
	db := ledgertest.New(t)
	x, err := exchange.New(exchange.Config{Ledger: db})
	if err != nil {
		t.Fatal(err)
	}
	owner, err := sql.Open("postgres", ledgertest.OwnerDSN(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { owner.Close() })
	w := &town{TB: t, x: x, db: db, owner: owner}
	w.worker, w.neighbour = w.person(schema.KindHelpline, schema.RoleHelpline), w.person(schema.KindHelpline, schema.RoleHelpline)
	w.manager, w.rival = w.person(schema.KindProvider, schema.RoleManager), w.person(schema.KindProvider, schema.RoleManager)
	w.officer, w.colleague = w.person(schema.KindCouncil, schema.RoleHousing), w.person(schema.KindCouncil, schema.RoleHousing)
	w.refuge = w.service(w.manager, nil)
	return w
}

func operator() exchange.Actor {
	return exchange.Actor{Role: schema.RoleAdministrator, Via: exchange.ViaShell}
}

// person signs in for a new organisation.
func (w *town) person(kind schema.OrganisationKind, role schema.Role) exchange.Actor {
	w.Helper()
	o := done(w.x.PutOrganisation(w.Context(), operator(), schema.Organisation{Kind: kind, Name: string(kind)})).must(w, "organisation")
	id := uuid.NewString()
	err := w.db.PutAccount(w.Context(), exchange.Account{
		ID: schema.AccountID(id), Organisation: o.ID, Role: role, Email: id + "@example.org", Name: "Sam", PasswordHash: "hash",
	})
	if err != nil {
		w.Fatal(err)
	}
	return exchange.Actor{By: id, Organisation: o.ID, Role: role, Via: exchange.ViaPage}
}

// service of the manager's provider that takes women with children, in Solihull, unless edit says otherwise.
func (w *town) service(manager exchange.Actor, edit func(*schema.Service)) schema.Service {
	w.Helper()
	boys := 17
	s := schema.Service{
		Provider: manager.Organisation, CodeName: "Alder", Provision: schema.Refuge,
		Area:      schema.Area{Kind: schema.AreaCouncil, Code: "Solihull", Name: "Solihull", Lat: 52.41, Lon: -1.78, RadiusKm: 12, Located: true},
		Reception: schema.Reception{AfterHours: schema.Yes}, // or what fits would turn on when the tests are run
		Takes: schema.Takes{
			Adults: map[schema.Described]schema.Fact{schema.Woman: schema.Yes, schema.Man: schema.No}, Children: schema.Yes, BoysTo: &boys, NoRecourse: schema.No,
		},
	}
	if edit != nil {
		edit(&s)
	}
	return done(w.x.PutService(w.Context(), operator(), s, dutyNumber)).must(w, "service")
}

// woman with a child of 4: three fit in every space of these tests.
func woman() schema.Need {
	return schema.Need{
		Household: schema.Household{Adults: []schema.Adult{{As: schema.Woman, Age: 34}}, Children: []schema.Child{{Age: 4, Sex: schema.Girl}}},
		Recourse:  schema.Yes, Wheelchair: schema.No, LimitedMobility: schema.No,
	}
}

func (w *town) request(worker exchange.Actor, edit func(*schema.Need)) schema.Request {
	w.Helper()
	n := woman()
	if edit != nil {
		edit(&n)
	}
	return done(w.x.OpenRequest(w.Context(), worker, n)).must(w, "open request")
}

// available is a first report on a space that sleeps three; with rooms it is a unit made of them.
func available(ref string, rooms ...string) exchange.SpaceReport {
	facts := schema.Space{BedSpaces: 3, Wheelchair: schema.No, Rooms: rooms}
	return exchange.SpaceReport{Ref: ref, Facts: &facts, Report: schema.Report{State: schema.Available}}
}

// says is a report on a space that is known, naming a claim or none.
func says(ref string, state schema.State, claim schema.ClaimID) exchange.SpaceReport {
	r := schema.Report{State: state, Claim: claim}
	if state == schema.OutOfUseFor {
		r.Why = "repair"
	}
	return exchange.SpaceReport{Ref: ref, Report: r}
}

func (w *town) tryPublish(manager exchange.Actor, service schema.Service, reports ...exchange.SpaceReport) ([]exchange.SpaceOutcome, error) {
	return w.x.Publish(w.Context(), manager, exchange.Publish{Service: service.ID, Spaces: reports})
}

func (w *town) publish(manager exchange.Actor, service schema.Service, reports ...exchange.SpaceReport) []exchange.SpaceOutcome {
	w.Helper()
	return done(w.tryPublish(manager, service, reports...)).must(w, "publish")
}

// space of the refuge, published as available.
func (w *town) space(ref string, rooms ...string) schema.SpaceID {
	w.Helper()
	return w.publish(w.manager, w.refuge, available(ref, rooms...))[0].Space
}

// hold by the worker for the request.
func (w *town) hold(r schema.Request, space schema.SpaceID) schema.Hold {
	w.Helper()
	return done(w.x.Hold(w.Context(), w.worker, r.ID, space)).must(w, "hold")
}

func (w *town) yes(h schema.Hold) schema.Hold {
	w.Helper()
	a := exchange.Answering{Hold: h.ID, Answer: schema.Answer{Yes: true, AreaConfirmed: true}}
	return done(w.x.Answer(w.Context(), w.manager, a)).must(w, "answer")
}

func (w *town) chosen(h schema.Hold) schema.Hold {
	w.Helper()
	return done(w.x.Choose(w.Context(), w.worker, exchange.Answering{Hold: h.ID, Answer: schema.Answer{Yes: true}})).must(w, "choose")
}

// resident is a household that arrived at the space.
func (w *town) resident(space schema.SpaceID) schema.Placement {
	w.Helper()
	h := w.yes(w.hold(w.request(w.worker, nil), space))
	return done(w.x.Arrive(w.Context(), w.worker, h.ID)).must(w, "arrive")
}

// read is a hold as its two sides may not both see it.
func (w *town) read(id schema.HoldID) schema.Hold {
	w.Helper()
	v, err := w.db.Hold(w.Context(), exchange.Clock(), id)
	if err != nil {
		w.Fatal(err)
	}
	return v.Hold
}

// runOut sets the end of a hold into the past. It stands for time passing and is the only thing tests write behind the commands.
func (w *town) runOut(id schema.HoldID) {
	w.Helper()
	w.exec(`UPDATE hold SET expires_at = clock_timestamp() - interval '1 second' WHERE id = $1`, id)
}

func (w *town) exec(query string, args ...any) {
	w.Helper()
	if _, err := w.owner.ExecContext(w.Context(), query, args...); err != nil {
		w.Fatal(err)
	}
}

func (w *town) count(query string, args ...any) (n int) {
	w.Helper()
	if err := w.owner.QueryRowContext(w.Context(), query, args...).Scan(&n); err != nil {
		w.Fatalf("%v in %s", err, query)
	}
	return n
}

// want fails where a space is not what the one view of vacancies makes of it.
func (w *town) want(space schema.SpaceID, want schema.Status) {
	w.Helper()
	if got := w.status(space); got != want {
		w.Errorf("the space is %s, want %s", got, want)
	}
}

func (w *town) status(space schema.SpaceID) (got schema.Status) {
	w.Helper()
	if err := w.owner.QueryRowContext(w.Context(), `SELECT status FROM space_now WHERE id = $1`, space).Scan(&got); err != nil {
		w.Fatal(err)
	}
	return got
}

// outcome is what a command gave.
type outcome[T any] struct {
	result T
	err    error
}

func done[T any](result T, err error) outcome[T] { return outcome[T]{result, err} }

// must give a result.
func (o outcome[T]) must(t testing.TB, what string) T {
	t.Helper()
	if o.err != nil {
		t.Fatalf("%s: %v", what, o.err)
	}
	return o.result
}

// refused fails unless err is a refusal with that code, and gives it.
func refused(t testing.TB, what string, err error, code string) *schema.Refusal {
	t.Helper()
	r, ok := schema.AsRefusal(err)
	if !ok || r.Code != code {
		t.Errorf("%s: %v, want a refusal with code %s", what, err, code)
		return &schema.Refusal{}
	}
	if r.Words == "" {
		t.Errorf("%s: %s has no words", what, code)
	}
	return r
}

// events of a subject, by what happened, in order.
func (w *town) events(subject string) (all []string) {
	w.Helper()
	rows, err := w.owner.QueryContext(w.Context(), `SELECT what || CASE why WHEN '' THEN '' ELSE ' ' || why END FROM event WHERE subject = $1 ORDER BY id`, subject)
	if err != nil {
		w.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			w.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}

func (w *town) wantEvents(subject string, want ...string) {
	w.Helper()
	if got := w.events(subject); !slices.Equal(got, want) {
		w.Errorf("events are %q, want %q", got, want)
	}
}

// soon is a time that anything reported for later may have.
func soon() *time.Time {
	t := time.Now().UTC().Add(time.Hour).Truncate(time.Second)
	return &t
}
