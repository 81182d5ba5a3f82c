// Command haven is an exchange for safe places to live: providers publish vacancies, helplines hold and agree them, people decide.
//
// One binary, many subcommands: `haven help` lists them. Every role runs beside any number of its own kind; `haven dev` runs them all in one
// process on a private database, for trying out.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
)

// command is one subcommand: its name, what it is for in a line, and what it does.
type command struct {
	name string
	help string
	run  func(ctx context.Context, c Config, args []string) error
}

// commands is the whole surface of the program.
func commands() []command {
	return []command{
		{"dev", "try Haven out: a private database, a fictional network and every role in one process", runDev},
		{"web", "pages, JSON API, live push and providers' feeds", runWeb},
		{"exchange", "publish what was committed to the board, seal the record", runExchange},
		{"allocator", "end holds that ran out, keep looking for households that wait or are in bed and breakfast", runAllocator},
		{"notifier", "send text messages", runNotifier},
		{"migrate", "bring the database to this version and grant the running user its rights", runMigrate},
		{"check", "say whether this configuration can keep Haven's promises", runCheck},
		{"account", "make or change an account: haven account put -email … -role … -organisation …", runAccount},
		{"key", "make or revoke a provider's feed key: haven key new|revoke …", runKey},
		{"organisation", "keep the number of those on duty, who hear of places for households that wait: haven organisation duty ID [NUMBER]", runOrganisation},
		{"service", "make or change a provider's service: haven service put FILE.json", runService},
		{"gazetteer", "read a directory of postcodes: haven gazetteer import -format nspl|onspd|outcode-csv FILE", runGazetteer},
		{"simulate", "put policies to a made-up network and say how they compare: haven simulate -seed N -days D -policy NAME -json", runSimulate},
		{"feed", "speak to Haven as a provider's system: haven feed publish FILE.json | watch", runFeed},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Environ(), os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "haven:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args, environ []string, out io.Writer) error {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		usage(out)
		return nil
	}
	for _, cmd := range commands() {
		if cmd.name != args[0] {
			continue
		}
		c, err := readConfig(environ)
		if err != nil {
			return err
		}
		slog.SetDefault(slog.New(slog.NewJSONHandler(out, &slog.HandlerOptions{Level: c.LogLevel})))
		err = cmd.run(ctx, c, args[1:])
		if errors.Is(err, context.Canceled) && ctx.Err() != nil || errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	usage(out)
	return fmt.Errorf("there is no command %q", args[0])
}

func usage(out io.Writer) {
	fmt.Fprintln(out, "usage: haven COMMAND")
	for _, cmd := range commands() {
		fmt.Fprintf(out, "  %-12s %s\n", cmd.name, cmd.help)
	}
}
