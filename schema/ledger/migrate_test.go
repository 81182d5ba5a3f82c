package ledger_test

import (
	"database/sql"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"haven/schema/ledger"
	"haven/schema/ledger/ledgertest"
)

func TestThreeStartersAtOnceMigrateAnEmptyDatabaseOnce(t *testing.T) {
	t.Parallel()
	dsn := ledgertest.EmptyDSN(t)
	errs := make([]error, 3)
	var starters sync.WaitGroup
	for i := range errs {
		starters.Go(func() { errs[i] = ledger.Migrate(t.Context(), dsn, ledgertest.User) })
	}
	starters.Wait()
	for i, err := range errs {
		if err != nil {
			t.Errorf("starter %d: %v", i, err)
		}
	}
	var applied, distinct int
	owner := openSQL(t, dsn)
	if err := owner.QueryRowContext(t.Context(),
		`SELECT count(*), count(DISTINCT version_id) FROM goose_db_version WHERE version_id > 0`).Scan(&applied, &distinct); err != nil {
		t.Fatal(err)
	}
	if applied != distinct || applied == 0 {
		t.Errorf("%d migrations applied, %d different ones: each must be applied once", applied, distinct)
	}
}

func TestMigrationsAreNumberedWithoutGaps(t *testing.T) {
	t.Parallel()
	files, err := os.ReadDir("migrations")
	if err != nil {
		t.Fatal(err)
	}
	for i, file := range files {
		if want := fmt.Sprintf("%05d_", i+1); !strings.HasPrefix(file.Name(), want) {
			t.Errorf("%s: the next number is %s", file.Name(), want)
		}
	}
}

func TestMigrateNamesARunningUserThatDoesNotExist(t *testing.T) {
	t.Parallel()
	err := ledger.Migrate(t.Context(), ledgertest.EmptyDSN(t), "nobody_here")
	if err == nil || !strings.Contains(err.Error(), `"nobody_here" does not exist`) {
		t.Errorf("got %v, want the missing user named", err)
	}
}

func TestMigrateRefusesToLetTheOwnerRun(t *testing.T) {
	t.Parallel()
	err := ledger.Migrate(t.Context(), ledgertest.EmptyDSN(t), "owner")
	if err == nil || !strings.Contains(err.Error(), "both migrates and runs") {
		t.Errorf("got %v, want a refusal", err)
	}
}

func TestOpenRefusesASchemaOfAnotherVersion(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]struct{ statement, want string }{
		"behind": {`DELETE FROM goose_db_version WHERE version_id = (SELECT max(version_id) FROM goose_db_version)`, "run haven migrate"},
		"ahead":  {`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true)`, "newer than"},
		"none":   {`DROP TABLE goose_db_version`, "run haven migrate"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			execSQL(t, openSQL(t, ledgertest.OwnerDSN(t)), change.statement)
			db, err := ledger.Open(t.Context(), ledger.Config{DSN: ledgertest.DSN(t)})
			if err == nil {
				db.Close()
				t.Fatal("opened")
			}
			if !strings.Contains(err.Error(), change.want) {
				t.Errorf("got %q, want it to say %q", err, change.want)
			}
		})
	}
}

func openSQL(t testing.TB, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func execSQL(t testing.TB, db *sql.DB, statement string, args ...any) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
