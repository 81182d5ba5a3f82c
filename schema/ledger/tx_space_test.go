package ledger_test

import (
	"testing"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger"
	"haven/schema/ledger/ledgertest"
)

// refuge is a provider with one service, and a helpline with a worker.
type refuge struct {
	db       *ledger.DB
	provider exchange.Actor
	service  schema.Service
	worker   exchange.Actor
}

func setUp(t testing.TB) refuge {
	t.Helper()
	db := ledgertest.New(t)
	provider := ledgertest.Organisation(t, db, schema.KindProvider)
	helpline := ledgertest.Organisation(t, db, schema.KindHelpline)
	return refuge{
		db:       db,
		provider: ledgertest.Actor(ledgertest.Account(t, db, provider, schema.RoleManager)),
		service:  ledgertest.Service(t, db, provider.ID, nil),
		worker:   ledgertest.Actor(ledgertest.Account(t, db, helpline, schema.RoleHelpline)),
	}
}

func (r refuge) change(t testing.TB, actor exchange.Actor, fn func(exchange.Tx) error) {
	t.Helper()
	if err := r.db.Change(t.Context(), actor, fn); err != nil {
		t.Fatal(err)
	}
}

// now reads spaces as LockSpaces gives them.
func (r refuge) now(t testing.TB, ids ...schema.SpaceID) (spaces []exchange.SpaceNow) {
	t.Helper()
	r.change(t, r.worker, func(tx exchange.Tx) (err error) {
		spaces, err = tx.LockSpaces(ids...)
		return err
	})
	return spaces
}

// wantCode fails unless err is a refusal with that code, which it gives.
func wantCode(t testing.TB, err error, code string) *schema.Refusal {
	t.Helper()
	refusal, ok := schema.AsRefusal(err)
	if !ok || refusal.Code != code {
		t.Fatalf("got %v, want a refusal with code %s", err, code)
	}
	return refusal
}

func TestLockSpacesGivesThemInTheOrderAskedWithWhatOverlaps(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	a, b := ledgertest.Space(t, r.db, r.service, "A"), ledgertest.Space(t, r.db, r.service, "B")
	family := ledgertest.Space(t, r.db, r.service, "F", "A", "B")
	spaces := r.now(t, family.ID, a.ID)
	if len(spaces) != 2 || spaces[0].Space.ID != family.ID || spaces[1].Space.ID != a.ID {
		t.Fatalf("got %v, want the family unit and then A", spaces)
	}
	if got := spaces[0].Overlaps; len(got) != 2 || got[0] != a.ID || got[1] != b.ID {
		t.Errorf("the family unit overlaps %v, want %v and %v", got, a.ID, b.ID)
	}
	if got := spaces[1].Overlaps; len(got) != 1 || got[0] != family.ID {
		t.Errorf("A overlaps %v, want the family unit", got)
	}
	if spaces[0].Vacancy.Status != schema.StatusAvailable || !spaces[0].Published || spaces[0].Provider != r.service.Provider {
		t.Errorf("got %+v", spaces[0])
	}
}

func TestASpaceThatIsNotThereIsNotFound(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	for _, id := range []schema.SpaceID{schema.SpaceID(ledgertest.ID()), "3", ""} {
		err := r.db.Change(t.Context(), r.worker, func(tx exchange.Tx) error {
			if _, err := tx.LockSpaces(id); err == nil {
				t.Errorf("%q was found", id)
			} else {
				wantCode(t, err, "not_found")
			}
			_, err := tx.Now() // an id that is none must not cost the transaction
			return err
		})
		if err != nil {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestBumpRaisesWhatSharesARoomAndTellsTheBoard(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	a, apart := ledgertest.Space(t, r.db, r.service, "A"), ledgertest.Space(t, r.db, r.service, "C")
	family := ledgertest.Space(t, r.db, r.service, "F", "A", "B")
	before := r.now(t, a.ID, family.ID, apart.ID)
	r.change(t, r.worker, func(tx exchange.Tx) error { return tx.Bump(a.ID) })
	after := r.now(t, a.ID, family.ID, apart.ID)
	for i, want := range []int64{1, 1, 0} {
		if got := after[i].Version - before[i].Version; got != want {
			t.Errorf("%s rose by %d, want %d", after[i].Space.Ref, got, want)
		}
	}
	rows, err := r.db.Unpublished(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]int64{}
	for _, row := range rows {
		told[row.Subject] = max(told[row.Subject], row.Version)
	}
	for _, space := range after {
		if told[string(space.Space.ID)] != space.Version {
			t.Errorf("the board was told version %d of %s, want %d", told[string(space.Space.ID)], space.Space.Ref, space.Version)
		}
	}
}

func TestAReportGetsTheVersionThatItsBumpGives(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	a := ledgertest.Space(t, r.db, r.service, "A")
	r.change(t, r.provider, func(tx exchange.Tx) error {
		if _, err := tx.LockSpaces(a.ID); err != nil {
			return err
		}
		if err := tx.PutReport(a.ID, schema.Report{State: schema.OutOfUseFor, Why: "repair"}); err != nil {
			return err
		}
		return tx.Bump(a.ID)
	})
	space := r.now(t, a.ID)[0]
	if space.ReportVersion != space.Version || space.Version != 2 {
		t.Errorf("report version %d, version %d, want 2 and 2", space.ReportVersion, space.Version)
	}
	if space.Report.State != schema.OutOfUseFor || space.Report.Why != "repair" || space.Vacancy.Status != schema.StatusOutOfUse {
		t.Errorf("got report %+v and vacancy %+v", space.Report, space.Vacancy)
	}
	if space.Vacancy.ConfirmedAt.IsZero() {
		t.Error("a report confirms the space")
	}
}

func TestAFamilyUnitIsNotFreeWhenOneOfItsRoomsWasLetSince(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	a := ledgertest.Space(t, r.db, r.service, "A")
	family := ledgertest.Space(t, r.db, r.service, "F", "A", "B")
	report := func(id schema.SpaceID, state schema.State) {
		r.change(t, r.provider, func(tx exchange.Tx) error {
			if err := tx.PutReport(id, schema.Report{State: state}); err != nil {
				return err
			}
			return tx.Bump(id)
		})
	}
	report(a.ID, schema.Taken)
	if got := r.now(t, family.ID)[0].Vacancy.Status; got != schema.StatusTaken {
		t.Errorf("the unit is %s after its room was taken, want taken", got)
	}
	report(family.ID, schema.Available)
	if got := r.now(t, family.ID)[0].Vacancy.Status; got != schema.StatusAvailable {
		t.Errorf("the unit is %s after it was reported available since, want available", got)
	}
	report(a.ID, schema.Taken)
	r.change(t, r.provider, func(tx exchange.Tx) error { return tx.Unpublish(a.ID) })
	if got := r.now(t, family.ID)[0].Vacancy.Status; got != schema.StatusAvailable {
		t.Errorf("the unit is %s though the room is not published any more, want available", got)
	}
}

func TestInOneMessageTakenWinsWhateverTheOrder(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	a := ledgertest.Space(t, r.db, r.service, "A")
	family := ledgertest.Space(t, r.db, r.service, "F", "A", "B")
	r.change(t, r.provider, func(tx exchange.Tx) error {
		if err := tx.PutReport(a.ID, schema.Report{State: schema.Taken}); err != nil {
			return err
		}
		if err := tx.PutReport(family.ID, schema.Report{State: schema.Available}); err != nil {
			return err
		}
		return tx.Bump(a.ID, family.ID)
	})
	if got := r.now(t, family.ID)[0].Vacancy.Status; got != schema.StatusTaken {
		t.Errorf("the unit is %s, want taken: the same message says that its room is", got)
	}
}

func TestFindSpacesLeavesOutNamesNobodyUses(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	a := ledgertest.Space(t, r.db, r.service, "A")
	r.change(t, r.worker, func(tx exchange.Tx) error {
		found, err := tx.FindSpaces(r.service.ID, []string{"A", "Z", "A\x00"})
		if len(found) != 1 || found["A"] != a.ID {
			t.Errorf("found %v, want A alone", found)
		}
		return err
	})
}
