package pgserver

import (
	"errors"
	"strings"
	"testing"
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
