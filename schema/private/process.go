package private

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// settle bounds the wait for signalled processes to be gone or stopped. The kernel needs milliseconds; a machine that needs longer than
// this is not one to draw conclusions on.
const settle = 30 * time.Second

// Config describes a child. Program and Dir are required, the rest may be zero.
type Config struct {
	Program string         // absolute path
	Args    []string       // without the program's name
	Dir     string         // working directory, absolute
	Account Account        // zero: the account of this process
	Output  *os.File       // where stdout and stderr go; nil: nowhere. Start keeps no copy, the caller may close it
	Dying   syscall.Signal // what the child gets when this process dies; zero: SIGKILL
}

// Process is a running child and everything it has forked.
type Process struct {
	cmd  *exec.Cmd
	done chan struct{}
	err  error // written before done is closed
}

// Start starts the child. It is not ready for anything yet: what ready means is the caller's to ask.
func Start(cfg Config) (*Process, error) {
	if cfg.Dying == 0 {
		cfg.Dying = syscall.SIGKILL
	}
	cmd := command(cfg)
	cmd.Env = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC", "HOME=" + cfg.Dir}
	if cfg.Output != nil {
		cmd.Stdout, cmd.Stderr = cfg.Output, cfg.Output
	}

	p := &Process{cmd: cmd, done: make(chan struct{})}
	started := make(chan error)
	go func() {
		// The signal of the parent's death is tied to the thread that forked, not to the process: were this thread given back, the Go
		// runtime might end it and the kernel would kill the child in the middle of its work. Hence the goroutine keeps it to the end.
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			p.err = cmd.Wait()
			close(p.done)
		}
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start %s: %w", cfg.Program, err)
	}
	return p, nil
}

// Run starts a child that does one job and waits for its end. When ctx ends first the child is killed.
func Run(ctx context.Context, cfg Config) error {
	p, err := Start(cfg)
	if err != nil {
		return err
	}
	select {
	case <-p.done:
		return p.err
	case <-ctx.Done():
		return errors.Join(ctx.Err(), p.Kill())
	}
}

// PID is the child's own number.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Done is closed when the child itself has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// Running reports whether the child itself has not ended yet.
func (p *Process) Running() bool {
	select {
	case <-p.done:
		return false
	default:
		return true
	}
}

// Stop asks the child to end with sig and waits. When ctx ends first it is killed and the error is ctx's. A child that has ended is no error.
func (p *Process) Stop(ctx context.Context, sig syscall.Signal) error {
	if err := p.Resume(); err != nil {
		return err
	}
	if err := p.signal(sig); err != nil {
		return err
	}
	select {
	case <-p.done:
		return nil
	case <-ctx.Done():
		return errors.Join(ctx.Err(), p.Kill())
	}
}

// Kill ends the child and all it has forked with SIGKILL, and returns when none of them runs any more.
func (p *Process) Kill() error {
	family, err := p.halt()
	if err != nil {
		return err
	}
	for _, pid := range family {
		_ = syscall.Kill(pid, syscall.SIGKILL) // one that is gone already is what was asked for
	}
	if err := p.signal(syscall.SIGKILL); err != nil {
		return err
	}
	<-p.done
	return await(family, func(state byte) bool { return state == gone })
}

// Pause stops the child and all it has forked, as if the machine had lost its processor, and returns when none of them moves.
func (p *Process) Pause() error {
	family, err := p.halt()
	if err != nil {
		return err
	}
	for _, pid := range family {
		_ = syscall.Kill(pid, syscall.SIGSTOP)
	}
	return await(family, func(state byte) bool { return state == gone || state == stopped })
}

// Resume undoes Pause, and is nothing where there was none.
func (p *Process) Resume() error {
	if !p.Running() {
		return nil
	}
	family, err := descendants(p.PID())
	if err != nil {
		return err
	}
	for _, pid := range family {
		_ = syscall.Kill(pid, syscall.SIGCONT)
	}
	return p.signal(syscall.SIGCONT)
}

// halt stops the child first and lists its descendants then: a parent that stands still cannot fork one that the list would miss.
// PostgreSQL makes each of its processes the leader of its own group, so signalling the group would not reach them.
func (p *Process) halt() ([]int, error) {
	if !p.Running() {
		return nil, nil
	}
	if err := p.signal(syscall.SIGSTOP); err != nil {
		return nil, err
	}
	if err := await([]int{p.PID()}, func(state byte) bool { return state == gone || state == stopped }); err != nil {
		return nil, err
	}
	return descendants(p.PID())
}

func (p *Process) signal(sig syscall.Signal) error {
	if err := p.cmd.Process.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("signal %v to %s: %w", sig, p.cmd.Path, err)
	}
	return nil
}
