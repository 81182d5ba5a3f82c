package pgserver_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"haven/schema/ledger/pgserver"
	"haven/schema/private"
)

func start(t *testing.T, cfg pgserver.Config) *pgserver.Server {
	t.Helper()
	s, err := pgserver.Start(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(context.Background()); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func open(t *testing.T, s *pgserver.Server) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", s.DSN(pgserver.Owner, "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func exec(t *testing.T, db *sql.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func count(t *testing.T, db *sql.DB, query string) int {
	t.Helper()
	var n int
	if err := db.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func TestASecondStartKeepsTheData(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first, err := pgserver.Start(t.Context(), pgserver.Config{Dir: dir, Durable: true})
	if err != nil {
		t.Fatal(err)
	}
	exec(t, open(t, first), "CREATE TABLE kept AS SELECT 7 AS n")
	if err := first.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	second := start(t, pgserver.Config{Dir: dir, Durable: true})
	if got := count(t, open(t, second), "SELECT n FROM kept"); got != 7 {
		t.Errorf("n = %d after a second start, want 7", got)
	}
}

func TestEverySettingThatHoldsAPromise(t *testing.T) {
	t.Parallel()
	durable := open(t, start(t, pgserver.Config{Durable: true}))
	killable := open(t, start(t, pgserver.Config{Durable: true, NoFsync: true}))
	logic := open(t, start(t, pgserver.Config{}))
	for _, want := range []struct {
		of      string
		db      *sql.DB
		setting string
		value   string
	}{
		{"durable", durable, "fsync", "on"},
		{"durable", durable, "synchronous_commit", "on"},
		{"durable", durable, "full_page_writes", "on"},
		{"killable", killable, "fsync", "off"},
		{"killable", killable, "synchronous_commit", "on"},
		{"logic", logic, "synchronous_commit", "off"},
		{"logic", logic, "listen_addresses", ""},
		{"logic", logic, "timezone", "UTC"},
		{"logic", logic, "server_encoding", "UTF8"},
	} {
		var got string
		if err := want.db.QueryRowContext(t.Context(), "SELECT current_setting($1)", want.setting).Scan(&got); err != nil {
			t.Fatal(err)
		}
		if got != want.value {
			t.Errorf("%s server: %s = %q, want %q", want.of, want.setting, got, want.value)
		}
	}
}

func TestAKilledServerKeepsWhatItAcknowledged(t *testing.T) {
	t.Parallel()
	s := start(t, pgserver.Config{Durable: true, NoFsync: true})
	db := open(t, s)
	exec(t, db, "CREATE TABLE acknowledged (n int)")

	var acknowledged atomic.Int64
	var writers sync.WaitGroup
	enough := make(chan struct{})
	for range 4 {
		writers.Go(func() {
			for {
				if _, err := db.ExecContext(context.WithoutCancel(t.Context()), "INSERT INTO acknowledged VALUES (1)"); err != nil {
					return
				}
				if acknowledged.Add(1) == 500 {
					close(enough)
				}
			}
		})
	}
	<-enough
	if err := s.Kill(); err != nil {
		t.Fatal(err)
	}
	writers.Wait()
	if err := s.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, want := count(t, open(t, s), "SELECT count(*) FROM acknowledged"), int(acknowledged.Load()); got < want {
		t.Errorf("%d rows after the kill, %d were acknowledged", got, want)
	}
}

func TestKillLeavesNoProcess(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := start(t, pgserver.Config{Dir: dir})
	if before, err := private.Holders(dir); err != nil || len(before) < 2 {
		t.Fatalf("a running server has %d processes (%v), want its own and its workers", len(before), err)
	}
	if err := s.Kill(); err != nil {
		t.Fatal(err)
	}
	if after, err := private.Holders(dir); err != nil || len(after) != 0 {
		t.Errorf("%d processes still run (%v)", len(after), err)
	}
}

func TestAPausedServerAnswersOnlyAfterResume(t *testing.T) {
	t.Parallel()
	s := start(t, pgserver.Config{})
	db := open(t, s)
	count(t, db, "SELECT 1")
	if err := s.Pause(); err != nil {
		t.Fatal(err)
	}
	answered := make(chan error, 1)
	go func() { answered <- db.PingContext(context.WithoutCancel(t.Context())) }()
	select {
	case err := <-answered:
		t.Errorf("a paused server answered: %v", err)
	case <-time.After(200 * time.Millisecond):
	}
	if err := s.Resume(); err != nil {
		t.Fatal(err)
	}
	if err := <-answered; err != nil {
		t.Errorf("after resume: %v", err)
	}
}

func TestAPausedServerCanBeKilledAndStopped(t *testing.T) {
	t.Parallel()
	for _, end := range []struct {
		name string
		by   func(*pgserver.Server) error
	}{
		{"kill", (*pgserver.Server).Kill},
		{"stop", func(s *pgserver.Server) error { return s.Stop(context.Background()) }},
	} {
		t.Run(end.name, func(t *testing.T) {
			t.Parallel()
			s := start(t, pgserver.Config{})
			if err := s.Pause(); err != nil {
				t.Fatal(err)
			}
			if err := end.by(s); err != nil {
				t.Fatal(err)
			}
			if err := s.Restart(t.Context()); err != nil {
				t.Fatal(err)
			}
			count(t, open(t, s), "SELECT 1")
		})
	}
}

func TestServersStartedTogetherAreApart(t *testing.T) {
	t.Parallel()
	const servers = 3
	var starting sync.WaitGroup
	var made [servers]*pgserver.Server
	var errs [servers]error
	for i := range servers {
		starting.Go(func() { made[i], errs[i] = pgserver.Start(t.Context(), pgserver.Config{}) })
	}
	starting.Wait()
	for i, s := range made {
		if errs[i] != nil {
			t.Errorf("start %d: %v", i, errs[i])
			continue
		}
		defer s.Close(context.Background())
		exec(t, open(t, s), "CREATE TABLE mine AS SELECT 1") // fails where two are one
	}
}

func TestADirectoryInUseIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	start(t, pgserver.Config{Dir: dir})
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	second, err := pgserver.Start(ctx, pgserver.Config{Dir: dir})
	if err == nil {
		second.Close(t.Context())
		t.Fatal("two servers run on one directory")
	}
	if !strings.Contains(err.Error(), "in use by process") {
		t.Errorf("error = %q, want it to name the process in the way", err)
	}
}

// A crash leaves the server's pid in a file, and the number may belong to another process of the same account by the next start.
func TestALockFileOfADeadServerIsNoObstacle(t *testing.T) {
	t.Parallel()
	dir, other := t.TempDir(), t.TempDir()
	s := start(t, pgserver.Config{Dir: dir})
	start(t, pgserver.Config{Dir: other})
	if err := s.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	running, err := os.ReadFile(filepath.Join(other, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "data", "postmaster.pid"), running, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := s.Restart(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestTheLogHoldsNoStatementAndNoRow(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, start(t, pgserver.Config{Dir: dir}))
	exec(t, db, "CREATE TABLE once (words text PRIMARY KEY)")
	exec(t, db, "INSERT INTO once VALUES ('lilac')")
	if _, err := db.ExecContext(t.Context(), "INSERT INTO once VALUES ('lilac')"); err == nil {
		t.Fatal("a second row with the same key was taken")
	}
	log, err := os.ReadFile(filepath.Join(dir, "postgres.log"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(log), "once_pkey") {
		t.Errorf("the log does not name the constraint:\n%s", log)
	}
	if strings.Contains(string(log), "lilac") {
		t.Errorf("the log holds what was written:\n%s", log)
	}
}

func TestAPortIsListenedOn(t *testing.T) {
	t.Parallel()
	port, err := private.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	s := start(t, pgserver.Config{Port: port})
	if got := count(t, open(t, s), "SELECT inet_server_port()"); got != port {
		t.Errorf("connected to port %d, want %d (DSN %s)", got, port, s.DSN("u", strconv.Itoa(port)))
	}
}
