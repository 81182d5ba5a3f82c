package ledgertest

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"

	"haven/schema/ledger"
	"haven/schema/ledger/pgserver"
)

var (
	serial  atomic.Int64
	byTest  sync.Map // testing.TB → database name
	discard = slog.New(slog.DiscardHandler)
)

// New opens the test's own database as the running user. A second call for the same test opens the same database again, as another process would.
func New(t testing.TB) *ledger.DB {
	t.Helper()
	db, err := ledger.Open(t.Context(), ledger.Config{DSN: DSN(t), Log: discard})
	if err != nil {
		t.Fatalf("ledgertest: open: %v", err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("ledgertest: close: %v", err)
		}
	})
	return db
}

// DSN is the address of the test's own database for the running user.
func DSN(t testing.TB) string {
	t.Helper()
	return running(t).DSN(User, database(t))
}

// OwnerDSN is the same for the owner, to look at what no organisation may see. It is never for making what a command should make.
func OwnerDSN(t testing.TB) string {
	t.Helper()
	return running(t).DSN(pgserver.Owner, database(t))
}

// EmptyDSN is an owner's address of a new database without a schema.
func EmptyDSN(t testing.TB) string {
	t.Helper()
	return running(t).DSN(pgserver.Owner, create(t, ""))
}

func running(t testing.TB) *pgserver.Server {
	t.Helper()
	s, err := server()
	if err != nil {
		t.Fatalf("ledgertest: %v", err)
	}
	return s
}

func database(t testing.TB) string {
	t.Helper()
	if name, made := byTest.Load(t); made {
		return name.(string)
	}
	clone := " TEMPLATE " + template
	if running(t).Version() >= 15 {
		clone += " STRATEGY FILE_COPY" // half the time of the default for a database this small
	}
	name := create(t, clone)
	byTest.Store(t, name)
	return name
}

func create(t testing.TB, how string) string {
	t.Helper()
	s := running(t)
	name := fmt.Sprintf("haven_%d", serial.Add(1))
	if err := execute(t.Context(), s, "CREATE DATABASE "+name+how); err != nil {
		t.Fatalf("ledgertest: create a database: %v", err)
	}
	t.Cleanup(func() {
		byTest.Delete(t)
		if err := execute(context.Background(), s, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("ledgertest: drop: %v", err)
		}
	})
	return name
}
