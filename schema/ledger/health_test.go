package ledger_test

import (
	"slices"
	"testing"

	"haven/schema/ledger"
	"haven/schema/ledger/ledgertest"
)

// problems of a database seen through an address, by code. The server of the tests is fast and forgetful, which is itself a problem.
func problems(t *testing.T, dsn string) []string {
	t.Helper()
	db, err := ledger.Open(t.Context(), ledger.Config{DSN: dsn})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	found, err := db.Health(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, p := range found {
		codes = append(codes, p.Code)
	}
	return codes
}

func TestHealthNamesWhatCannotHold(t *testing.T) {
	t.Parallel()
	forgetful := []string{"synchronous_commit_off", "fsync_off"}
	if got := problems(t, ledgertest.DSN(t)); !slices.Equal(got, forgetful) {
		t.Errorf("the running user has %v, want %v", got, forgetful)
	}
	if got := problems(t, ledgertest.DSN(t)+" synchronous_commit=on"); !slices.Equal(got, forgetful[1:]) {
		t.Errorf("with synchronous_commit on: %v, want %v", got, forgetful[1:])
	}
	if got, want := problems(t, ledgertest.OwnerDSN(t)), append(forgetful, "superuser"); !slices.Equal(got, want) {
		t.Errorf("the owner has %v, want %v", got, want)
	}
}

func TestHealthNoticesThatRowSecurityWasTurnedOff(t *testing.T) {
	t.Parallel()
	for _, table := range []string{"request", "hold", "stay", "waiting_match"} {
		t.Run(table, func(t *testing.T) {
			t.Parallel()
			byHand(t).exec(`ALTER TABLE ` + table + ` DISABLE ROW LEVEL SECURITY`)
			if got := problems(t, ledgertest.DSN(t)); !slices.Contains(got, "row_security_off") {
				t.Errorf("got %v, want row_security_off among them", got)
			}
		})
	}
}

func TestHealthNoticesARunningUserThatOwnsATable(t *testing.T) {
	t.Parallel()
	byHand(t).exec(`ALTER TABLE search_count OWNER TO ` + ledgertest.User)
	if got := problems(t, ledgertest.DSN(t)); !slices.Contains(got, "owns_tables") {
		t.Errorf("got %v, want owns_tables among them", got)
	}
}
