package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"haven/allocator/simulate"
)

// TestSimulateReadsItsFlagsStrictly: what was meant otherwise is said, never run.
func TestSimulateReadsItsFlagsStrictly(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"-days 0":              "-days",
		"-days 99999":          "-days",
		"-seeds 0":             "-seeds",
		"-seeds 1000":          "-seeds",
		"-seed -1":             "seed",
		"-sed 3":               "sed",
		"everything":           "everything",
		"-set stay_days":       "stay_days=198",
		"-set stay_days=long":  "stay_days=198",
		"-set luck=1":          "stay_days",
		"-set children=1.5":    "children",
		"-set stay_days=-3":    "stay_days",
		"-set stay_days=NaN":   "stay_days",
		"-fit -set children=0": "-fit",
		"-fit -policy ours":    "-fit",
		"-fit -out somewhere":  "-fit",
	} {
		if _, err := readSimulation(strings.Fields(args)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want it to name %s", args, err, want)
		}
	}
	if err := (simulation{seed: 1, seeds: 1, days: 1, policy: "luck", params: simulate.Defaults()}).run(&bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "luck") {
		t.Errorf("a policy that is none: got %v", err)
	}
}

// TestSimulateTakesAnotherValue of a parameter, and says so in the report.
func TestSimulateTakesAnotherValue(t *testing.T) {
	t.Parallel()
	s, err := readSimulation([]string{"-days", "1", "-policy", "first_come", "-set", "stay_days=198", "-set", "no_recourse=0.12"})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := s.run(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"198", "0.12", "set for this run"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the report does not say %q", want)
		}
	}
}

// TestSimulateIsOneSeedOneResult, as JSON and as files.
func TestSimulateIsOneSeedOneResult(t *testing.T) {
	t.Parallel()
	run := func(seed string) string {
		s, err := readSimulation([]string{"-seed", seed, "-days", "3", "-policy", "ours", "-json"})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := s.run(&out); err != nil {
			t.Fatal(err)
		}
		if !json.Valid(out.Bytes()) {
			t.Errorf("not JSON: %s", out.String())
		}
		return out.String()
	}
	first := run("7")
	if run("7") != first {
		t.Error("the same seed gave two results")
	}
	if run("8") == first {
		t.Error("another seed gave the same result")
	}
	folder := t.TempDir()
	if err := (simulation{seed: 1, seeds: 1, days: 1, policy: "first_come", out: folder, params: simulate.Defaults()}).run(&bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"placed.svg", "placed-by-need.svg", "runs.csv", "report.txt"} {
		if body, err := os.ReadFile(filepath.Join(folder, name)); err != nil || len(body) < 200 {
			t.Errorf("%s: %d bytes, %v", name, len(body), err)
		}
	}
}
