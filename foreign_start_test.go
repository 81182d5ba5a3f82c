package main

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// runHaven runs a subcommand as a process of its own, with nothing in its environment but what is given, and gives its words and whether it failed.
func runHaven(t *testing.T, command string, env ...string) (words string, failed bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append([]string{asHaven + "=" + command, "HOST=127.0.0.1", "PORT=0"}, env...)
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		t.Fatalf("haven %s did not end", command)
	}
	return string(out), err != nil
}

// TestRolesRefuseToStartWithoutTheirServers: one line that names the key and gives no secret away; only `haven dev` starts servers of its own.
func TestRolesRefuseToStartWithoutTheirServers(t *testing.T) {
	t.Parallel()
	const secret = "s3cret-of-the-test"
	database, redis := "DATABASE_URL=postgres://haven:"+secret+"@127.0.0.1:1/haven?sslmode=disable", "REDIS_URL=redis://:"+secret+"@127.0.0.1:1/0"
	for _, role := range []string{"web", "exchange", "allocator", "notifier"} {
		for missing, env := range map[string][]string{"DATABASE_URL": {redis}, "REDIS_URL": {database}} {
			if role == "notifier" && missing == "REDIS_URL" {
				continue // it stands on the ledger alone
			}
			words, failed := runHaven(t, role, env...)
			if !failed || strings.Count(words, "\n") != 1 || !strings.Contains(words, "haven "+role+" needs "+missing) || strings.Contains(words, secret) {
				t.Errorf("haven %s without %s: failed %v, said %q", role, missing, failed, words)
			}
		}
	}
	if words, failed := runHaven(t, "migrate", database); !failed || !strings.Contains(words, "MIGRATE_DATABASE_URL") || strings.Count(words, "\n") != 1 {
		t.Errorf("haven migrate without its owner: %v %q", failed, words)
	}
	if words, failed := runHaven(t, "no-such-command"); !failed || !strings.Contains(words, `there is no command "no-such-command"`) {
		t.Errorf("a command that is none: %v %q", failed, words)
	}
}

// TestCheckPrintsNoSecretAndFindsLostCommits: `haven check` lists the configuration without its secrets, and fails where a commit may be lost.
func TestCheckPrintsNoSecretAndFindsLostCommits(t *testing.T) {
	t.Parallel()
	w := plantedWorld(t)
	const secret = "s3cret-of-the-test"
	env := []string{
		"DATABASE_URL=" + w.running + " password=" + secret, "MIGRATE_DATABASE_URL=" + w.owner + " password=" + secret, "REDIS_URL=" + w.redis.URL(),
		"HAVEN_FEED_KEY=" + secret, "TWILIO_API_KEY=" + secret, "TWILIO_API_SECRET=" + secret, "TWILIO_AUTH_TOKEN=" + secret,
	}
	check := func() string {
		t.Helper()
		words, _ := runHaven(t, "check", env...)
		if strings.Contains(words, secret) {
			t.Errorf("haven check prints a secret:\n%s", words)
		}
		if !strings.Contains(words, "DATABASE_URL") || !strings.Contains(words, "(set, not shown)") {
			t.Errorf("haven check does not list the configuration:\n%s", words)
		}
		return words
	}
	if words := check(); strings.Contains(words, "synchronous_commit_off") || !strings.Contains(words, "ok       database") || !strings.Contains(words, "ok       record") {
		t.Errorf("haven check on a durable database:\n%s", words)
	}
	if _, err := w.asOwner().Exec(`ALTER ROLE ` + devRunning + ` SET synchronous_commit = off`); err != nil {
		t.Fatal(err)
	}
	if words := check(); !strings.Contains(words, "PROBLEM  synchronous_commit_off") {
		t.Errorf("haven check where commits may be lost:\n%s", words)
	}
	if _, failed := runHaven(t, "check", env...); !failed {
		t.Error("haven check succeeds where commits may be lost")
	}
}
