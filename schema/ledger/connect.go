package ledger

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

const (
	// statementTimeout ends a statement, lock waits included, long before a person gives up.
	statementTimeout = "10s"
	// idleTimeout frees the locks of a process that stopped in the middle of a command.
	idleTimeout    = "2s"
	connectTimeout = 5 * time.Second
	// answerWithin is how long the server may be silent. It is past statementTimeout, so only a server that stands still or a network that
	// swallows packets meets it; without it a command would wait on such a server for ever.
	answerWithin = 13 * time.Second
)

// errAddress never quotes the address: it can hold a password.
var errAddress = errors.New("ledger: the database address cannot be read: check its form, like postgres://user@host/name?sslmode=verify-full")

// parse reads an address in URL or keyword form. Whether the connection is encrypted must be said, because the driver's default may change.
func parse(dsn string) (pq.Config, error) {
	if strings.TrimSpace(dsn) == "" {
		return pq.Config{}, errors.New("ledger: no database address: set DATABASE_URL")
	}
	cfg, err := pq.NewConfig(dsn)
	if err != nil {
		return pq.Config{}, errAddress
	}
	if cfg.SSLMode == "" {
		return pq.Config{}, errors.New("ledger: the database address must say sslmode: verify-full, or disable where the server is on this machine")
	}
	if cfg.ApplicationName == "" {
		cfg.ApplicationName = "haven"
	}
	if cfg.ConnectTimeout == 0 {
		cfg.ConnectTimeout = connectTimeout
	}
	return cfg, nil
}

// withTimeouts adds what bounds every command of a running process. What the address says itself stands.
func withTimeouts(cfg pq.Config) pq.Config {
	cfg = cfg.Clone()
	for name, value := range map[string]string{
		"statement_timeout":                   statementTimeout,
		"idle_in_transaction_session_timeout": idleTimeout,
		"timezone":                            "UTC",
	} {
		if _, said := cfg.Runtime[name]; !said {
			cfg.Runtime[name] = value
		}
	}
	return cfg
}

// open gives the pool of a running process.
func open(cfg pq.Config) (*sqlx.DB, error) {
	connector, err := pq.NewConnectorConfig(withTimeouts(cfg))
	if err != nil {
		return nil, errAddress
	}
	connector.Dialer(&bounded{})
	return sqlx.NewDb(sql.OpenDB(connector), "postgres"), nil
}

// openOwner gives a pool without bounds: a migration may take long.
func openOwner(dsn string) (*sql.DB, error) {
	cfg, err := parse(dsn)
	if err != nil {
		return nil, err
	}
	connector, err := pq.NewConnectorConfig(cfg)
	if err != nil {
		return nil, errAddress
	}
	return sql.OpenDB(connector), nil
}

// bounded connects so that silence of answerWithin is an error. The driver uses DialContext; the other two complete its interface.
type bounded struct{ net.Dialer }

func (d *bounded) Dial(network, address string) (net.Conn, error) {
	return d.DialContext(context.Background(), network, address)
}

func (d *bounded) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return d.DialContext(ctx, network, address)
}

func (d *bounded) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := d.Dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &boundedConn{Conn: conn}, nil
}

// boundedConn starts the wait anew with every read. The driver reads only when it expects an answer.
type boundedConn struct {
	net.Conn
	until time.Time // a deadline of the driver's own, while it connects
}

func (c *boundedConn) SetDeadline(t time.Time) error {
	c.until = t
	return c.Conn.SetDeadline(t)
}

func (c *boundedConn) Read(p []byte) (int, error) {
	if c.until.IsZero() {
		if err := c.Conn.SetReadDeadline(time.Now().Add(answerWithin)); err != nil {
			return 0, err
		}
	}
	return c.Conn.Read(p)
}
