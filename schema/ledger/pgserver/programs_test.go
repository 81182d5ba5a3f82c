package pgserver

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"haven/schema/private"
)

func TestNumberIsTheFirstInAName(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int{
		"postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)": 15,
		"postgres (PostgreSQL) 18beta1":                        18,
		"/usr/lib/postgresql/9/bin":                            9,
		"/usr/lib/postgresql/17/bin":                           17,
		"16\n":                                                 16,
		"postgres":                                             0,
		"":                                                     0,
	} {
		if got := number(in); got != want {
			t.Errorf("number(%q) = %d, want %d", in, got, want)
		}
	}
}

func TestANamedDirectoryIsUsedOrIsAnError(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	_, err := find(t.Context(), Config{BinDir: dir}, 0)
	if err == nil || !strings.Contains(err.Error(), dir) {
		t.Errorf("error = %v, want one that names %s", err, dir)
	}
}

func TestDataOfAnotherVersionIsNotTouched(t *testing.T) {
	t.Parallel()
	_, err := find(t.Context(), Config{}, 99)
	if err == nil || errors.Is(err, ErrNoPrograms) || !strings.Contains(err.Error(), "made by PostgreSQL 99") {
		t.Errorf("error = %v, want one that says the data is version 99's", err)
	}
}

func TestAVersionTheDriverCannotSpeakToIsTooOld(t *testing.T) {
	t.Parallel()
	if err := (programs{dir: "/somewhere", major: oldest - 1}).suits(0); err == nil {
		t.Error("too old a version suits")
	}
	if err := (programs{dir: "/somewhere", major: oldest}).suits(oldest); err != nil {
		t.Errorf("the oldest version allowed: %v", err)
	}
}

func TestProgramsUnderAPrivateHomeAreBroughtOutOfIt(t *testing.T) {
	t.Parallel()
	account, err := private.Unprivileged("postgres")
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	for _, file := range []string{"bin/initdb", "bin/postgres", "lib/libpq.so", "share/postgres.bki"} {
		path := filepath.Join(home, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(file), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(home, 0o700); err != nil {
		t.Fatal(err)
	}
	scratch, err := private.NewDir(account)
	if err != nil {
		t.Fatal(err)
	}
	defer scratch.Remove()
	p, err := programs{dir: filepath.Join(home, "bin"), major: oldest}.reachable(account, scratch.Path())
	if err != nil {
		t.Fatal(err)
	}
	if !account.Reaches(p.path("postgres")) {
		t.Errorf("%s is out of reach", p.dir)
	}
	for _, file := range []string{"postgres", "initdb", "../lib/libpq.so", "../share/postgres.bki"} {
		if info, err := os.Stat(p.path(file)); err != nil || info.Mode()&0o100 == 0 {
			t.Errorf("%s did not come along as it was: %v", file, err)
		}
	}
}
