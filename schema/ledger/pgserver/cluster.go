package pgserver

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"haven/schema/private"
)

// leaving is how long a server left over from a parent that was killed may take to shut down before its directory counts as in use.
const leaving = 20 * time.Second

// cluster is a data directory and who may run a server on it.
type cluster struct {
	dir      string // holds data and the log
	account  private.Account
	programs programs
}

func (c cluster) data() string { return filepath.Join(c.dir, "data") }
func (c cluster) log() string  { return filepath.Join(c.dir, "postgres.log") }

// openCluster takes the directory as it finds it: the data there is kept, and without data a new cluster is made.
// scratch is for what must not outlive the server.
func openCluster(ctx context.Context, cfg Config, account private.Account, scratch string) (cluster, error) {
	dir, err := filepath.Abs(cfg.Dir)
	if err != nil {
		return cluster{}, err
	}
	c := cluster{dir: dir, account: account}
	version, err := os.ReadFile(filepath.Join(c.data(), "PG_VERSION"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return cluster{}, err
	}
	made := err == nil
	if made {
		if c.account, err = account.OwnerOf(c.data()); err != nil {
			return cluster{}, err
		}
	}
	if c.programs, err = find(ctx, cfg, number(string(version))); err != nil {
		return cluster{}, err
	}
	if c.programs, err = c.programs.reachable(c.account, scratch); err != nil {
		return cluster{}, err
	}
	if made {
		return c, c.vacate(ctx)
	}
	cfg.Log.Info("making a new database cluster", "version", c.programs.major)
	return c, c.create(ctx)
}

// create makes the cluster beside its place and renames it, so that one cut short is never taken for a whole one.
func (c cluster) create(ctx context.Context) error {
	if err := errors.Join(os.MkdirAll(c.dir, 0o755), c.account.Own(c.dir)); err != nil {
		return err
	}
	made := c.data() + ".new"
	if err := os.RemoveAll(made); err != nil {
		return err
	}
	log, err := c.openLog()
	if err != nil {
		return err
	}
	defer log.Close()
	err = private.Run(ctx, private.Config{
		Program: c.programs.path("initdb"),
		Args: []string{"--pgdata", made, "--username", Owner, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8",
			"--no-sync", "--no-instructions"},
		Dir:     c.dir,
		Account: c.account,
		Output:  log,
	})
	if err != nil {
		return fmt.Errorf("initdb: %w%s", err, c.tail())
	}
	return os.Rename(made, c.data())
}

// vacate waits until no process runs on the data and removes the lock file such a process left. PostgreSQL alone would refuse to start
// when another process, or one nobody collected, has the number in that file.
func (c cluster) vacate(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, leaving)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		holders, err := private.Holders(c.data())
		if err != nil {
			return err
		}
		if len(holders) == 0 {
			break
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("%s is in use by process %d: stop it, or use another directory", c.data(), holders[0])
		}
	}
	if !private.HoldersKnown {
		return nil
	}
	if err := os.Remove(filepath.Join(c.data(), "postmaster.pid")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (c cluster) openLog() (*os.File, error) {
	return os.OpenFile(c.log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
}

// tail is the end of the server's log as the end of an error: what a server says when it will not start is the only clue there is.
func (c cluster) tail() string {
	const most = 800
	log, err := os.ReadFile(c.log())
	if err != nil || len(log) == 0 {
		return ""
	}
	return ": " + string(log[max(0, len(log)-most):])
}
