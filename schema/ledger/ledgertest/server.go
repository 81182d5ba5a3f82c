package ledgertest

import (
	"context"
	"database/sql"
	"sync"
	"testing"

	_ "github.com/lib/pq" // to create and drop databases

	"haven/schema/ledger"
	"haven/schema/ledger/pgserver"
)

const (
	// User is the running user of every test database.
	User     = "haven_app"
	template = "haven_template"
)

// server is one for the test binary: starting one takes a second, cloning a database of it 25 ms.
var server = sync.OnceValues(start)

// started lets Main stop the server only where a test asked for it.
var started *pgserver.Server

// Main runs the tests of a binary and stops its server. Returning from TestMain exits with the tests' own code.
func Main(m *testing.M) {
	m.Run()
	if started == nil {
		return
	}
	if err := started.Close(context.Background()); err != nil {
		panic(err)
	}
}

func start() (*pgserver.Server, error) {
	ctx := context.Background()
	s, err := pgserver.Start(ctx, pgserver.Config{})
	if err != nil {
		return nil, err
	}
	started = s
	if err := execute(ctx, s, "CREATE DATABASE "+template); err != nil {
		return nil, err
	}
	if err := ledger.EnsureUser(ctx, s.DSN(pgserver.Owner, template), User, ""); err != nil {
		return nil, err
	}
	return s, ledger.Migrate(ctx, s.DSN(pgserver.Owner, template), User)
}

func execute(ctx context.Context, s *pgserver.Server, statement string) error {
	db, err := sql.Open("postgres", s.DSN(pgserver.Owner, "postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, statement)
	return err
}
