package private_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"haven/schema/private"
)

// asParent makes the test binary the parent that a test kills: it starts a child in a directory, names both, and waits for its death.
const asParent = "HAVEN_TEST_PARENT"

func TestMain(m *testing.M) {
	if os.Getenv(asParent) != "" {
		if err := parent(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func parent() error {
	dir, err := private.NewDir(private.Account{})
	if err != nil {
		return err
	}
	child, err := private.Start(shell(dir.Path(), "sleep 1000 & wait"))
	if err != nil {
		return err
	}
	if _, err := fmt.Println(child.PID(), dir.Path()); err != nil {
		return err
	}
	select {}
}

func shell(dir, script string) private.Config {
	return private.Config{Program: "/bin/sh", Args: []string{"-c", script}, Dir: dir}
}

func start(t *testing.T, cfg private.Config) *private.Process {
	t.Helper()
	p, err := private.Start(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Kill(); err != nil {
			t.Errorf("kill: %v", err)
		}
	})
	return p
}

// within polls until ok says yes. Each thing waited for happens in another process, which has no channel to tell us by.
func within(t *testing.T, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(20 * time.Second)
	for !ok() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("not within 20 s: %s", what)
		}
	}
}

func holders(t *testing.T, dir string) int {
	t.Helper()
	pids, err := private.Holders(dir)
	if err != nil {
		t.Fatal(err)
	}
	return len(pids)
}

func TestAKilledParentTakesItsChildAlong(t *testing.T) {
	t.Parallel()
	test, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(test)
	cmd.Env = append(os.Environ(), asParent+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	number, dir, _ := strings.Cut(strings.TrimSpace(line), " ")
	child, err := strconv.Atoi(number)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(child, 0); err != nil {
		t.Fatalf("the child does not run while its parent does: %v", err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Fatal("the parent ended by itself")
	}
	within(t, "the child is gone", func() bool {
		stat, err := os.ReadFile(filepath.Join("/proc", number, "stat"))
		return err != nil || strings.Contains(string(stat), ") Z ")
	})

	// What the parent could not tidy, the next directory's maker does: the grandchild it left and the directory.
	next, err := private.NewDir(private.Account{})
	if err != nil {
		t.Fatal(err)
	}
	defer next.Remove()
	within(t, "the directory is swept", func() bool {
		_, err := os.Stat(dir)
		return errors.Is(err, os.ErrNotExist)
	})
}

func TestADirectoryInUseIsNotSwept(t *testing.T) {
	t.Parallel()
	first, err := private.NewDir(private.Account{})
	if err != nil {
		t.Fatal(err)
	}
	defer first.Remove()
	second, err := private.NewDir(private.Account{})
	if err != nil {
		t.Fatal(err)
	}
	defer second.Remove()
	if _, err := os.Stat(first.Path()); err != nil {
		t.Errorf("swept while its maker lives: %v", err)
	}
	if err := second.Remove(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(second.Path()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("still there after Remove: %v", err)
	}
}

func TestKillReachesWhatTheChildForked(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	// setsid gives the grandchild a group of its own, as PostgreSQL gives each of its processes.
	p := start(t, shell(dir, "setsid sleep 1000 & wait"))
	within(t, "child and grandchild run", func() bool { return holders(t, dir) >= 2 })
	if err := p.Kill(); err != nil {
		t.Fatal(err)
	}
	if n := holders(t, dir); n != 0 {
		t.Errorf("%d processes still run", n)
	}
	if p.Running() {
		t.Error("a killed child is called running")
	}
}

func TestPauseHoldsAndResumeLetsGo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := start(t, shell(dir, `while :; do echo beat >> beats; done`))
	beats := func() int64 {
		info, err := os.Stat(filepath.Join(dir, "beats"))
		if err != nil {
			return 0
		}
		return info.Size()
	}
	within(t, "it beats", func() bool { return beats() > 0 })
	if err := p.Pause(); err != nil {
		t.Fatal(err)
	}
	at := beats()
	for range 1000 {
		if beats() != at {
			t.Fatal("it beats while paused")
		}
	}
	if err := p.Resume(); err != nil {
		t.Fatal(err)
	}
	within(t, "it beats again", func() bool { return beats() > at })
}

func TestAChildThatWillNotStopIsKilled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := start(t, shell(dir, `trap "" TERM; touch deaf; while :; do sleep 0.01; done`))
	within(t, "it is deaf", func() bool {
		_, err := os.Stat(filepath.Join(dir, "deaf"))
		return err == nil
	})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := p.Stop(ctx, syscall.SIGTERM); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error = %v, want the deadline's", err)
	}
	if p.Running() {
		t.Error("it still runs")
	}
}

func TestStoppingWhatHasEndedIsNoError(t *testing.T) {
	t.Parallel()
	p := start(t, shell(t.TempDir(), "exit 3"))
	<-p.Done()
	for name, err := range map[string]error{
		"stop":   p.Stop(t.Context(), syscall.SIGTERM),
		"kill":   p.Kill(),
		"pause":  p.Pause(),
		"resume": p.Resume(),
	} {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRunReturnsTheChildsFailureAndKeepsToTheDeadline(t *testing.T) {
	t.Parallel()
	if err := private.Run(t.Context(), shell(t.TempDir(), "exit 0")); err != nil {
		t.Errorf("success: %v", err)
	}
	if err := private.Run(t.Context(), shell(t.TempDir(), "exit 3")); err == nil {
		t.Error("failure was called success")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := private.Run(ctx, shell(t.TempDir(), "sleep 1000")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("past its deadline: %v", err)
	}
}

func TestAChildSeesNoSecretOfItsParent(t *testing.T) {
	t.Setenv("TWILIO_AUTH_TOKEN", "told to nobody")
	dir := t.TempDir()
	if err := private.Run(t.Context(), shell(dir, "env > seen")); err != nil {
		t.Fatal(err)
	}
	seen, err := os.ReadFile(filepath.Join(dir, "seen"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(seen), "told to nobody") {
		t.Errorf("the child's environment holds it:\n%s", seen)
	}
}

func TestRootGivesUpItsRights(t *testing.T) {
	t.Parallel()
	account, err := private.Unprivileged("no-such-account")
	if err != nil {
		t.Fatal(err)
	}
	// The parents of this directory are closed to every account but the one that made it.
	dir := t.TempDir()
	if err := account.Own(dir); err != nil {
		t.Fatal(err)
	}
	cfg := shell(dir, "id -u > who")
	cfg.Account = account
	if err := private.Run(t.Context(), cfg); err != nil {
		t.Fatal(err)
	}
	who, err := os.ReadFile(filepath.Join(dir, "who"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.TrimSpace(string(who)) == "0" {
		t.Error("the child runs as root")
	}
}
