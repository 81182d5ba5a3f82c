package feed_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/gorilla/websocket"

	"haven/exchange"
	"haven/exchange/feed"
	"haven/schema"
	"haven/schema/ledger"
	"haven/schema/ledger/ledgertest"
)

func TestMain(m *testing.M) { ledgertest.Main(m) }

// patience bounds every wait of a test.
const patience = 20 * time.Second

// rig is one Haven with a provider, its service and its key, on a real ledger and a real socket.
type rig struct {
	t        *testing.T
	db       *ledger.DB
	x        *exchange.Exchange
	feeds    *feed.Handler
	url      string
	log      *journal
	contract contract

	provider schema.OrganisationID
	service  schema.ServiceID
	key      string
	keyID    schema.KeyID
	helpline exchange.Actor
}

// journal keeps what was logged.
type journal struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.String()
}

func newRig(t *testing.T, edit func(*feed.Config)) *rig {
	t.Helper()
	r := &rig{t: t, db: ledgertest.New(t), log: &journal{}, contract: readContract(t)}
	x, err := exchange.New(exchange.Config{Ledger: r.db})
	if err != nil {
		t.Fatal(err)
	}
	r.x = x
	r.feeds, r.url = r.serve(edit)
	r.provider, r.service = r.providerWithService("Rowan")
	r.key, r.keyID = r.newKey(r.provider)
	helpline := r.organisation(schema.KindHelpline, "Test helpline")
	account := schema.AccountID(newID())
	if err := r.db.PutAccount(t.Context(), exchange.Account{ID: account, Organisation: helpline, Role: schema.RoleHelpline, Email: "worker@example.org", Name: "W", PasswordHash: "x"}); err != nil {
		t.Fatal(err)
	}
	r.helpline = exchange.Actor{By: string(account), Organisation: helpline, Role: schema.RoleHelpline, Via: exchange.ViaPage}
	return r
}

// serve starts a process of feeds on the rig's ledger; several may run side by side.
func (r *rig) serve(edit func(*feed.Config)) (*feed.Handler, string) {
	r.t.Helper()
	c := feed.Config{Commands: r.x, Reader: r.db, Log: slog.New(slog.NewJSONHandler(r.log, nil))}
	if edit != nil {
		edit(&c)
	}
	h, err := feed.New(c)
	if err != nil {
		r.t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/feed/v1", h)
	server := httptest.NewServer(mux)
	r.t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := h.Drain(ctx); err != nil {
			r.t.Errorf("drain: %v", err)
		}
		server.Close()
	})
	return h, "ws" + strings.TrimPrefix(server.URL, "http") + "/feed/v1"
}

// with is the same Haven for a subtest.
func (r *rig) with(t *testing.T) *rig {
	of := *r
	of.t = t
	return &of
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func (r *rig) shell() exchange.Actor {
	return exchange.Actor{By: "test", Role: schema.RoleAdministrator, Via: exchange.ViaShell}
}

func (r *rig) organisation(kind schema.OrganisationKind, name string) schema.OrganisationID {
	r.t.Helper()
	o, err := r.x.PutOrganisation(r.t.Context(), r.shell(), schema.Organisation{Kind: kind, Name: name})
	if err != nil {
		r.t.Fatal(err)
	}
	return o.ID
}

func (r *rig) providerWithService(codeName string) (schema.OrganisationID, schema.ServiceID) {
	r.t.Helper()
	provider := r.organisation(schema.KindProvider, codeName+" provider")
	s, err := r.x.PutService(r.t.Context(), r.shell(), schema.Service{
		Provider: provider, CodeName: codeName, Provision: schema.Refuge,
		Area:  schema.Area{Kind: schema.AreaCouncil, Code: "Solihull", Name: "Solihull", Lat: 52.4, Lon: -1.7, RadiusKm: 12, Located: true},
		Takes: schema.Takes{Adults: map[schema.Described]schema.Fact{schema.Woman: schema.Yes}, Children: schema.Yes},
	}, "")
	if err != nil {
		r.t.Fatal(err)
	}
	return provider, s.ID
}

func (r *rig) newKey(provider schema.OrganisationID) (secret string, id schema.KeyID) {
	r.t.Helper()
	secret, id = rand.Text(), schema.KeyID(newID())
	hash := sha256.Sum256([]byte(secret))
	if err := r.db.PutFeedKey(r.t.Context(), id, hash[:], provider, "test"); err != nil {
		r.t.Fatal(err)
	}
	return secret, id
}

// space is a report as JSON, available and for four, with more fields put in.
func space(ref string, more ...string) string {
	fields := []string{fmt.Sprintf(`"ref":%q,"state":"available","bed_spaces":4,"wheelchair":"yes"`, ref)}
	return "{" + strings.Join(append(fields, more...), ",") + "}"
}

func (r *rig) publish(seq int64, spaces ...string) string {
	return fmt.Sprintf(`{"type":"publish","seq":%d,"service":%q,"spaces":[%s]}`, seq, r.service, strings.Join(spaces, ","))
}

// spaces of the provider as the ledger has them.
func (r *rig) spaces() map[string]exchange.SpaceView {
	r.t.Helper()
	views, err := r.db.Spaces(r.t.Context(), exchange.Actor{By: string(r.keyID), Organisation: r.provider, Role: schema.RoleProvider, Via: exchange.ViaFeed})
	if err != nil {
		r.t.Fatal(err)
	}
	out := map[string]exchange.SpaceView{}
	for _, v := range views {
		out[v.Space.Ref] = v
	}
	return out
}

// owner looks at what no organisation may see.
func (r *rig) owner() *sql.DB {
	r.t.Helper()
	db, err := sql.Open("postgres", ledgertest.OwnerDSN(r.t))
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { db.Close() })
	return db
}

// elsewhere is the same server seen from another database, for what must go on while the test's own is away.
func (r *rig) elsewhere() *sql.DB {
	r.t.Helper()
	db, err := sql.Open("postgres", ledgertest.EmptyDSN(r.t))
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { db.Close() })
	return db
}

func (r *rig) count(query string, args ...any) (n int) {
	r.t.Helper()
	if err := r.owner().QueryRowContext(r.t.Context(), query, args...).Scan(&n); err != nil {
		r.t.Fatal(err)
	}
	return n
}

// peer is a provider's system written by hand: it holds every frame it gets to the contract.
type peer struct {
	r    *rig
	conn *websocket.Conn
	// hello is the first frame.
	hello map[string]any
}

func (r *rig) upgrade(url, key string) (*websocket.Conn, *http.Response, error) {
	d := websocket.Dialer{Subprotocols: []string{feed.Subprotocol}, HandshakeTimeout: patience}
	return d.DialContext(r.t.Context(), url, http.Header{"Authorization": {"Bearer " + key}})
}

func (r *rig) dial() *peer {
	r.t.Helper()
	return r.dialAt(r.url, r.key)
}

func (r *rig) dialAt(url, key string) *peer {
	r.t.Helper()
	conn, _, err := r.upgrade(url, key)
	if err != nil {
		r.t.Fatalf("dial: %v", err)
	}
	r.t.Cleanup(func() { conn.Close() })
	p := &peer{r: r, conn: conn}
	p.hello = p.expect("hello")
	return p
}

func (p *peer) say(text string) {
	p.r.t.Helper()
	if err := p.conn.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		p.r.t.Fatalf("write: %v", err)
	}
}

// next reads a frame, or the close that ended the session.
func (p *peer) next() (map[string]any, error) {
	p.r.t.Helper()
	p.conn.SetReadDeadline(time.Now().Add(patience))
	_, raw, err := p.conn.ReadMessage()
	if err != nil {
		return nil, err
	}
	if err := p.r.contract.check(raw); err != nil {
		p.r.t.Errorf("Haven sent %s, which breaks the contract: %v", raw, err)
	}
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil {
		p.r.t.Fatal(err)
	}
	return doc, nil
}

func (p *peer) expect(kind string) map[string]any {
	p.r.t.Helper()
	doc, err := p.next()
	if err != nil {
		p.r.t.Fatalf("want %s, the session ended: %v", kind, err)
	}
	if doc["type"] != kind {
		p.r.t.Fatalf("want %s, got %v", kind, doc)
	}
	return doc
}

// closed reads to the end and gives the code, holding the bye before it to the table.
func (p *peer) closed() int {
	p.r.t.Helper()
	var last map[string]any
	for {
		doc, err := p.next()
		if err == nil {
			last = doc
			continue
		}
		var closed *websocket.CloseError
		if !errors.As(err, &closed) {
			p.r.t.Fatalf("want a coded close, got %v", err)
		}
		for _, row := range feed.CloseCodes() {
			if int(row.Code) == closed.Code && row.Code != feed.CloseProtocol && last["code"] != row.Name {
				p.r.t.Errorf("the close %d came after %v, want a bye %s", closed.Code, last, row.Name)
			}
		}
		return closed.Code
	}
}

func (p *peer) wantAck(seq int64) map[string]any {
	p.r.t.Helper()
	doc := p.expect("ack")
	if doc["seq"] != float64(seq) {
		p.r.t.Fatalf("want the ack of %d, got %v", seq, doc)
	}
	return doc
}

func (p *peer) wantNack(code string, final bool) map[string]any {
	p.r.t.Helper()
	doc := p.expect("nack")
	if doc["code"] != code || doc["final"] != final {
		p.r.t.Fatalf("want nack %s final=%v, got %v", code, final, doc)
	}
	return doc
}

// eventually waits for a fact that another goroutine makes true.
func eventually(t testing.TB, what string, fact func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	timeout := time.After(patience)
	for !fact() {
		select {
		case <-timeout:
			t.Fatalf("waited in vain: %s", what)
		case <-tick.C:
		}
	}
}
