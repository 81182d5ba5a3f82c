package ledger

import (
	"errors"
	"net"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestAddressesOfBothFormsGetTheTimeouts(t *testing.T) {
	t.Parallel()
	for _, dsn := range []string{
		"postgres://haven_app@db.example.org/haven?sslmode=verify-full",
		"host=db.example.org user=haven_app dbname=haven sslmode=verify-full",
		"host=/run/postgresql user=haven_app dbname=haven sslmode=disable",
	} {
		cfg, err := parse(dsn)
		if err != nil {
			t.Fatalf("%s: %v", dsn, err)
		}
		cfg = withTimeouts(cfg)
		if cfg.Runtime["statement_timeout"] != statementTimeout || cfg.Runtime["idle_in_transaction_session_timeout"] != idleTimeout ||
			cfg.ApplicationName != "haven" || cfg.ConnectTimeout != connectTimeout || cfg.User != "haven_app" || cfg.Database != "haven" {
			t.Errorf("%s: got %+v", dsn, cfg)
		}
	}
	cfg, err := parse("host=x user=y sslmode=disable statement_timeout=60s application_name=report connect_timeout=1")
	if err != nil {
		t.Fatal(err)
	}
	if cfg = withTimeouts(cfg); cfg.Runtime["statement_timeout"] != "60s" || cfg.ApplicationName != "report" || cfg.ConnectTimeout != time.Second {
		t.Errorf("what the address says must stand: %+v", cfg)
	}
}

func TestAnAddressThatCannotBeUsedIsRefusedWithoutItsPassword(t *testing.T) {
	t.Parallel()
	for dsn, want := range map[string]string{
		"": "set DATABASE_URL",
		"postgres://haven_app:hunter2@db.example.org/haven":      "must say sslmode",
		"host=db.example.org user=haven_app password=hunter2":    "must say sslmode",
		"postgres://haven_app:hunter2@db.example.org:port/haven": "cannot be read",
		"hunter2": "cannot be read",
	} {
		_, err := parse(dsn)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: got %v, want it to say %q and no password", dsn, err, want)
		}
	}
}

// A server that stands still keeps its connections open and answers nothing: without a bound, a command would wait for ever.
func TestSilenceOfTheServerEndsARead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		defer ours.Close()
		defer theirs.Close()
		conn := &boundedConn{Conn: ours}
		began := time.Now()
		_, err := conn.Read(make([]byte, 1))
		if waited := time.Since(began); !errors.Is(err, os.ErrDeadlineExceeded) || waited != answerWithin || !lost(err) {
			t.Errorf("after %v: %v, want an end after %v", waited, err, answerWithin)
		}
		if err := conn.SetDeadline(time.Now().Add(time.Second)); err != nil {
			t.Fatal(err)
		}
		began = time.Now()
		if _, err = conn.Read(make([]byte, 1)); time.Since(began) != time.Second {
			t.Errorf("the driver's own deadline ended after %v: %v", time.Since(began), err)
		}
		if err := conn.SetDeadline(time.Time{}); err != nil {
			t.Fatal(err)
		}
		go func() {
			<-time.After(answerWithin / 2)
			theirs.Write([]byte("x"))
		}()
		if _, err := conn.Read(make([]byte, 1)); err != nil {
			t.Errorf("a slow answer: %v", err)
		}
	})
}
