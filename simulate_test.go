package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSimulateReadsItsFlagsStrictly: what was meant otherwise is said, never run.
func TestSimulateReadsItsFlagsStrictly(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"-days 0":             "-days",
		"-days 99999":         "-days",
		"-seeds 0":            "-seeds",
		"-seeds 1000":         "-seeds",
		"-seed -1":            "seed",
		"-sed 3":              "sed",
		"everything":          "everything",
		"-fit -policy ours":   "-fit",
		"-fit -out somewhere": "-fit",
	} {
		if _, err := readSimulation(strings.Fields(args)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want it to name %s", args, err, want)
		}
	}
	if err := (simulation{seed: 1, seeds: 1, days: 1, policy: "luck"}).run(&bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "luck") {
		t.Errorf("a policy that is none: got %v", err)
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
	if err := (simulation{seed: 1, seeds: 1, days: 1, policy: "first_come", out: folder}).run(&bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"placed.svg", "placed-by-need.svg", "runs.csv", "report.txt"} {
		if body, err := os.ReadFile(filepath.Join(folder, name)); err != nil || len(body) < 200 {
			t.Errorf("%s: %d bytes, %v", name, len(body), err)
		}
	}
}
