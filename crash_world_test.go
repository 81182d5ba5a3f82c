package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"haven/exchange"
	"haven/exchange/board/redisserver"
	"haven/schema"
	"haven/schema/gazetteer"
	"haven/schema/ledger"
	"haven/schema/ledger/pgserver"
	"haven/schema/private"
)

// world is a Haven of separate processes on private servers, each of which can be killed.
type world struct {
	t        *testing.T
	postgres *pgserver.Server
	redis    *redisserver.Server
	owner    string // DSN, to look at the truth afterwards
	running  string
	roles    map[string]*process
	urls     []string // of the web processes
	db       *ledger.DB
	exchange *exchange.Exchange // commands of whoever operates Haven, for planting
	http     *http.Client
	keys     atomic.Int64

	provider  schema.OrganisationID
	service   schema.ServiceID
	feedKey   string
	keyID     schema.KeyID
	helplines []string // bearer tokens
}

// process is one role of Haven.
type process struct {
	name string
	env  []string
	mu   sync.Mutex
	cmd  *exec.Cmd
	done chan struct{}
	log  lockedBuffer
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// newWorld starts the roles named, or those that are killed one after the other.
func newWorld(t *testing.T, named ...string) *world {
	t.Helper()
	if len(named) == 0 {
		named = []string{"web 1", "web 2", "exchange 1", "exchange 2", "allocator 1", "notifier 1"}
	}
	w := plantedWorld(t)
	for _, name := range named {
		w.add(name)
	}
	for _, p := range w.roles {
		p.start(t)
	}
	w.awaitWeb()
	return w
}

// plantedWorld has its servers, its organisations and accounts, and no process yet.
func plantedWorld(t *testing.T) *world {
	t.Helper()
	// Many workers use one web process at once, and each keeps its connection.
	w := &world{t: t, roles: map[string]*process{}, http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 128}}}
	t.Cleanup(w.http.CloseIdleConnections)
	var err error
	// Durable: what is acknowledged survives a kill of the server. Only a power cut, which no test here makes, would need fsync too.
	if w.postgres, err = pgserver.Start(t.Context(), pgserver.Config{Durable: true, NoFsync: true}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.postgres.Close(context.Background()) })
	if w.redis, err = redisserver.Start(t.Context(), redisserver.Config{Kind: redisserver.Real}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.redis.Close(context.Background()) })
	w.owner, w.running = w.postgres.DSN(pgserver.Owner, devDatabase), w.postgres.DSN(devRunning, devDatabase)
	if err := ledger.EnsureUser(t.Context(), w.owner, devRunning, ""); err != nil {
		t.Fatal(err)
	}
	if err := ledger.Migrate(t.Context(), w.owner, devRunning); err != nil {
		t.Fatal(err)
	}
	w.plant()
	return w
}

// add a role. The first word of its name is the subcommand; env is put behind what every process gets.
func (w *world) add(name string, env ...string) {
	port, err := private.FreePort()
	if err != nil {
		w.t.Fatal(err)
	}
	role, _, _ := strings.Cut(name, " ")
	p := &process{name: name, env: append([]string{
		asHaven + "=" + role, "DATABASE_URL=" + w.running, "REDIS_URL=" + w.redis.URL(), "HOST=127.0.0.1", fmt.Sprintf("PORT=%d", port), "LOG_LEVEL=WARN",
		"PATH=" + os.Getenv("PATH"), "HOME=" + w.t.TempDir(),
	}, env...)}
	w.roles[name] = p
	if role == "web" {
		w.urls = append(w.urls, fmt.Sprintf("http://127.0.0.1:%d", port))
	}
	w.t.Cleanup(func() {
		p.kill()
		if w.t.Failed() {
			w.t.Logf("--- last words of %s ---\n%s", name, tail(p.log.String(), 30))
		}
		if strings.Contains(p.log.String(), "DATA RACE") {
			w.t.Errorf("%s has a data race:\n%s", name, p.log.String())
		}
	})
}

func (p *process) start(t *testing.T) {
	t.Helper()
	started := make(chan error)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cmd = exec.Command(os.Args[0])
	p.cmd.Env, p.cmd.Stderr, p.cmd.Stdout = p.env, &p.log, &p.log
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	p.done = make(chan struct{})
	cmd, done := p.cmd, p.done
	go func() {
		runtime.LockOSThread() // the death signal is tied to the thread that forked
		started <- cmd.Start()
		cmd.Wait()
		close(done)
	}()
	if err := <-started; err != nil {
		t.Fatalf("start %s: %v", p.name, err)
	}
}

// kill -9: no farewell, nothing flushed.
func (p *process) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd == nil || p.cmd.Process == nil {
		return
	}
	p.cmd.Process.Kill()
	<-p.done
}

func tail(text string, lines int) string {
	all := strings.Split(strings.TrimRight(text, "\n"), "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}

// plant one provider with a refuge and a key, and two helplines with a worker each: organisations and accounts only. Spaces come over the feed.
func (w *world) plant() {
	t := w.t
	t.Helper()
	var err error
	if w.db, err = ledger.Open(t.Context(), ledger.Config{DSN: w.running}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.db.Close() })
	if w.exchange, err = exchange.New(exchange.Config{Ledger: w.db}); err != nil {
		t.Fatal(err)
	}
	w.provider = w.organisation(w.exchange, schema.KindProvider, "Rowan Trust")
	w.service = w.refuge(w.provider, "Rowan", "Leeds")
	if w.keyID, w.feedKey, err = newFeedKey(t.Context(), w.db, w.provider, "crash test"); err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		w.helplines = append(w.helplines, w.worker(schema.KindHelpline, fmt.Sprintf("Helpline %d", i+1), schema.RoleHelpline))
	}
}

// refuge is a service of a provider with a duty number. Whom it takes leaves nothing unknown.
func (w *world) refuge(provider schema.OrganisationID, name, where string) schema.ServiceID {
	w.t.Helper()
	known, err := gazetteer.Default()
	if err != nil {
		w.t.Fatal(err)
	}
	area, err := known.Find(where)
	if err != nil {
		w.t.Fatal(err)
	}
	service, err := w.exchange.PutService(w.t.Context(), shell(), schema.Service{
		Provider: provider, CodeName: name, Provision: schema.Refuge, Area: area, Reception: schema.Reception{AfterHours: schema.Yes},
		Takes: schema.Takes{Adults: map[schema.Described]schema.Fact{schema.Woman: schema.Yes}, Children: schema.Yes, NoRecourse: schema.Yes},
	}, "+447700900999")
	if err != nil {
		w.t.Fatal(err)
	}
	return service.ID
}

// worker is a new organisation with one account, and gives its bearer token.
func (w *world) worker(kind schema.OrganisationKind, name string, role schema.Role) string {
	w.t.Helper()
	return w.account(w.organisation(w.exchange, kind, name), role)
}

func (w *world) account(organisation schema.OrganisationID, role schema.Role) string {
	w.t.Helper()
	a := exchange.Account{
		Organisation: organisation, Role: role, Email: fmt.Sprintf("worker%d@example.org", w.keys.Add(1)), Name: "Worker", PasswordHash: "none",
	}
	if err := putAccount(w.t.Context(), w.db, &a); err != nil {
		w.t.Fatal(err)
	}
	token := newSecret("hvt_")
	sum := sha256.Sum256([]byte(token))
	if err := w.db.PutAPIToken(w.t.Context(), sum[:], a.ID, "crash test"); err != nil {
		w.t.Fatal(err)
	}
	return token
}

func (w *world) organisation(x *exchange.Exchange, kind schema.OrganisationKind, name string) schema.OrganisationID {
	w.t.Helper()
	o, err := x.PutOrganisation(w.t.Context(), shell(), schema.Organisation{Kind: kind, Name: name})
	if err != nil {
		w.t.Fatal(err)
	}
	return o.ID
}

// eventually polls until ok, and fails with what is still wrong at the deadline.
func eventually(t *testing.T, within time.Duration, ok func() error) {
	t.Helper()
	deadline := time.NewTimer(within)
	defer deadline.Stop()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		err := ok()
		if err == nil {
			return
		}
		select {
		case <-deadline.C:
			t.Fatalf("not within %s: %v", within, err)
		case <-tick.C:
		}
	}
}
