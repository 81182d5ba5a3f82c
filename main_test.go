package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
)

// asHaven makes this test binary run as haven itself: a process of its own, with the race detector, that can be killed.
const asHaven = "HAVEN_TEST_COMMAND"

func TestMain(m *testing.M) {
	if command := os.Getenv(asHaven); command != "" {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		if err := run(ctx, strings.Fields(command), os.Environ(), os.Stderr); err != nil {
			fmt.Fprintln(os.Stderr, "haven:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}
