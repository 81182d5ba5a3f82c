package redisserver

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"haven/schema/private"
)

// ready bounds the wait for a started server to answer; it has nothing to load.
const ready = 30 * time.Second

// program is the real redis-server.
type program struct {
	cfg     private.Config
	log     string
	socket  string // empty where it listens on a port
	port    int
	process *private.Process
}

func newProgram(cfg Config, path, dir string, account private.Account) (*program, error) {
	p := &program{
		cfg:  private.Config{Program: path, Dir: dir, Account: account},
		log:  filepath.Join(dir, "redis.log"),
		port: cfg.Port,
	}
	if cfg.Dir != "" {
		if err := os.MkdirAll(cfg.Dir, 0o755); err != nil {
			return nil, err
		}
		p.log = filepath.Join(cfg.Dir, "redis.log")
	}
	p.cfg.Args = []string{"--save", "", "--appendonly", "no", "--loglevel", "warning", "--port", strconv.Itoa(cfg.Port)}
	if cfg.Port == 0 {
		p.socket = filepath.Join(dir, "s")
		p.cfg.Args = append(p.cfg.Args, "--unixsocket", p.socket)
	} else {
		p.cfg.Args = append(p.cfg.Args, "--bind", "127.0.0.1")
	}
	return p, nil
}

func (p *program) launch(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, ready)
	defer cancel()
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	p.cfg.Output = log
	process, err := private.Start(p.cfg)
	if err != nil {
		return err
	}
	if err := p.await(ctx, process); err != nil {
		return errors.Join(fmt.Errorf("redis-server did not start, see %s: %w", p.log, err), process.Kill())
	}
	p.process = process
	return nil
}

// await asks until the server answers, and answers as the process we started: another's server may have the port.
func (p *program) await(ctx context.Context, process *private.Process) error {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		pid, err := p.ask(ctx)
		if err == nil && pid == process.PID() {
			return nil
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

// ask returns the pid of whoever answers. The protocol's inline form needs no library: a line out and lines back.
func (p *program) ask(ctx context.Context) (int, error) {
	network, address := "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(p.port))
	if p.socket != "" {
		network, address = "unix", p.socket
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(time.Second)); err != nil {
		return 0, err
	}
	if _, err := conn.Write([]byte("INFO server\r\n")); err != nil {
		return 0, err
	}
	for lines := bufio.NewScanner(conn); lines.Scan(); {
		if pid, found := strings.CutPrefix(lines.Text(), "process_id:"); found {
			return strconv.Atoi(pid)
		}
	}
	return 0, errors.New("no answer with a process_id")
}

func (p *program) stop(ctx context.Context) error { return p.process.Stop(ctx, syscall.SIGTERM) }
func (p *program) kill() error                    { return p.process.Kill() }
func (p *program) pause() error                   { return p.process.Pause() }
func (p *program) resume() error                  { return p.process.Resume() }

func (p *program) url() string {
	if p.socket != "" {
		return socketURL(p.socket)
	}
	return portURL(p.port)
}
