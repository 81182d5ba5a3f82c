package redisserver

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"

	"haven/schema/private"
)

// ErrNoProgram is Start's answer where the machine has no Redis and Config.Kind asks for the real one.
var ErrNoProgram = errors.New("no redis-server found: install the package redis-server, or set REDIS_SERVER to the program")

// Kind says which Redis to run.
type Kind int

// Tests ask for the Real one, so that a machine without it fails them rather than passing them on an imitation.
const (
	Found    Kind = iota // the real one where the machine has it, else the imitation
	Real                 // the real one or an error
	Imitated             // the imitation, to try what a machine without Redis does
)

// Config of a server. Everything has a default.
type Config struct {
	Dir     string       // where the server's log goes; empty: a temporary directory, removed by Close
	Port    int          // loopback port to listen on instead of the socket; 0: the socket
	Program string       // redis-server; empty: REDIS_SERVER, else found on PATH
	Kind    Kind         // which Redis; zero: Found
	Log     *slog.Logger // nil: silent
}

// engine is what a Server drives: the real program or the imitation.
type engine interface {
	launch(ctx context.Context) error
	stop(ctx context.Context) error
	kill() error
	pause() error
	resume() error
	url() string
}

// Server is one private Redis. Stop, Kill and Restart may follow each other in any order until Close; URL stays the same throughout.
type Server struct {
	mu       sync.Mutex // serialises starting and stopping
	engine   engine
	imitated bool
	dir      *private.Dir
}

// Start starts a server and returns when it answers.
func Start(ctx context.Context, cfg Config) (*Server, error) {
	cfg.Log = cmp.Or(cfg.Log, slog.New(slog.DiscardHandler))
	program, err := find(cfg)
	switch {
	case cfg.Kind == Imitated, cfg.Kind == Found && errors.Is(err, ErrNoProgram):
		return startImitation(ctx, cfg)
	case err != nil:
		return nil, err
	}
	account, err := private.Unprivileged("redis")
	if err != nil {
		return nil, err
	}
	dir, err := private.NewDir(account)
	if err != nil {
		return nil, fmt.Errorf("directory for Redis's socket: %w", err)
	}
	s := &Server{dir: dir}
	s.engine, err = newProgram(cfg, program, dir.Path(), account)
	if err == nil {
		err = s.engine.launch(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, dir.Remove())
	}
	return s, nil
}

func startImitation(ctx context.Context, cfg Config) (*Server, error) {
	cfg.Log.Warn("an imitation of Redis runs in this process: for trying out only")
	s := &Server{engine: &imitation{port: cfg.Port}, imitated: true}
	if err := s.engine.launch(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// find returns the program to run. One that was named is used or is an error: silently running another would hide the mistake.
func find(cfg Config) (string, error) {
	if named := cmp.Or(cfg.Program, os.Getenv("REDIS_SERVER")); named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			return "", fmt.Errorf("redis-server as named: %w", err)
		}
		return filepath.Abs(path)
	}
	path, err := exec.LookPath("redis-server")
	if err != nil {
		return "", ErrNoProgram
	}
	return filepath.Abs(path)
}

// URL is what redis.ParseURL reads: unix://… or redis://127.0.0.1:….
func (s *Server) URL() string { return s.engine.url() }

// InMemory reports whether this is the imitation, which is for trying out only.
func (s *Server) InMemory() bool { return s.imitated }

// Stop shuts down. When ctx ends first the server is killed and the error is ctx's.
func (s *Server) Stop(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.engine.stop(ctx)
}

// Kill ends the server at once, as a crash would.
func (s *Server) Kill() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.engine.kill()
}

// Restart starts the server again, empty, at the same URL, after stopping it if it runs.
func (s *Server) Restart(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.engine.stop(ctx); err != nil {
		return err
	}
	return s.engine.launch(ctx)
}

// Pause makes the server stand still: connections stay open and nothing answers. The imitation cannot be paused.
func (s *Server) Pause() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.engine.pause()
}

// Resume undoes Pause.
func (s *Server) Resume() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.engine.resume()
}

// Close stops the server for good and removes what was temporary.
func (s *Server) Close(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.engine.stop(ctx)
	if s.dir != nil {
		err = errors.Join(err, s.dir.Remove())
	}
	return err
}

func socketURL(path string) string { return (&url.URL{Scheme: "unix", Path: path}).String() }

func portURL(port int) string { return "redis://127.0.0.1:" + strconv.Itoa(port) + "/0" }
