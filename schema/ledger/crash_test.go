package ledger_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger"
	"haven/schema/ledger/ledgertest"
	"haven/schema/ledger/pgserver"
)

// durable is a server of the test's own that keeps what it acknowledged over a kill, with a ledger on it.
func durable(t *testing.T) (*pgserver.Server, *ledger.DB) {
	t.Helper()
	server, err := pgserver.Start(t.Context(), pgserver.Config{Durable: true, NoFsync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	owner := server.DSN(pgserver.Owner, "postgres")
	if err := ledger.EnsureUser(t.Context(), owner, ledgertest.User, ""); err != nil {
		t.Fatal(err)
	}
	if err := ledger.Migrate(t.Context(), owner, ledgertest.User); err != nil {
		t.Fatal(err)
	}
	db, err := ledger.Open(t.Context(), ledger.Config{DSN: server.DSN(ledgertest.User, "postgres")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return server, db
}

// outcomes of the writers, by what they were told.
type outcomes struct {
	mu                   sync.Mutex
	kept, undone, either []string
}

func (o *outcomes) tell(t *testing.T, name string, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	refusal, refused := schema.AsRefusal(err)
	switch {
	case err == nil:
		o.kept = append(o.kept, name)
	case refused && refusal.Code == "busy":
		o.undone = append(o.undone, name)
	case refused && refusal.Code == "unknown_outcome":
		o.either = append(o.either, name)
	default:
		t.Errorf("%s: %v, want kept, busy or unknown_outcome", name, err)
	}
}

// PostgreSQL is killed in the middle of a stream of commands, again and again: what was acknowledged is there, what was said to be undone is
// not, and only a commit that was under way is called unknown.
func TestAKillOfTheServerLosesNothingAcknowledgedAndHidesNothingDone(t *testing.T) {
	t.Parallel()
	server, db := durable(t)
	const writers, kills = 8, 5
	var o outcomes
	var serial atomic.Int64
	for kill := range kills {
		enough, over := make(chan struct{}), make(chan struct{})
		var all sync.WaitGroup
		var once sync.Once
		var acknowledged atomic.Int64
		for range writers {
			all.Go(func() {
				for {
					select {
					case <-over:
						return
					default:
					}
					name := fmt.Sprintf("%d-%d", kill, serial.Add(1))
					err := db.Change(t.Context(), exchange.Actor{By: "writer", Via: exchange.ViaShell}, func(tx exchange.Tx) error {
						return tx.Record(exchange.Event{What: "written", Subject: name})
					})
					o.tell(t, name, err)
					if err == nil && acknowledged.Add(1) == 100 {
						once.Do(func() { close(enough) })
					}
				}
			})
		}
		<-enough
		if err := server.Kill(); err != nil {
			t.Fatal(err)
		}
		close(over)
		all.Wait()
		if err := server.Restart(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	there := map[string]int{}
	rows, err := openSQL(t, server.DSN(pgserver.Owner, "postgres")).QueryContext(t.Context(), `SELECT subject, count(*) FROM event GROUP BY subject`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var (
			name string
			n    int
		)
		if err := rows.Scan(&name, &n); err != nil {
			t.Fatal(err)
		}
		there[name] = n
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for _, name := range o.kept {
		if there[name] != 1 {
			t.Errorf("%s was acknowledged and is there %d times", name, there[name])
		}
	}
	for _, name := range o.undone {
		if there[name] != 0 {
			t.Errorf("%s was said to be undone and is there", name)
		}
	}
	t.Logf("%d kept, %d undone, %d unknown", len(o.kept), len(o.undone), len(o.either))
}
