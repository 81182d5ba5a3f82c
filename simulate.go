package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"haven/allocator/simulate"
	"haven/schema/gazetteer"
)

// simulation is what the flags of haven simulate say.
type simulation struct {
	seed   uint64
	seeds  int
	days   int
	policy string
	json   bool
	fit    bool
	out    string
	params simulate.Params
}

// mostSeeds keeps a slip of the keyboard from running for a day.
const mostSeeds = 100

// runSimulate puts policies to a made-up network and says how they compare, or fits the parameters that nobody publishes. It needs no server.
func runSimulate(_ context.Context, _ Config, args []string) error {
	s, err := readSimulation(args)
	if err != nil {
		return err
	}
	return s.run(os.Stdout)
}

func readSimulation(args []string) (simulation, error) {
	s := simulation{params: simulate.Defaults()}
	flags := flag.NewFlagSet("haven simulate", flag.ContinueOnError)
	flags.Uint64Var(&s.seed, "seed", 1, "the first seed: one seed gives one result")
	flags.IntVar(&s.seeds, "seeds", 1, "how many seeds, for intervals")
	flags.IntVar(&s.days, "days", 365, "how many days")
	flags.StringVar(&s.policy, "policy", "all", "first_come, availability, hardest, ours, planned, fewest or all")
	flags.BoolVar(&s.json, "json", false, "print JSON instead of tables")
	flags.BoolVar(&s.fit, "fit", false, "fit the free parameters on the published figures of one year, then try another year, instead of comparing policies")
	flags.StringVar(&s.out, "out", "", "also write tables as CSV and charts as SVG into this folder")
	flags.Func("set", "another value for a parameter, like stay_days=198; may be given again", s.set)
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	switch {
	case flags.NArg() > 0:
		return s, fmt.Errorf("haven simulate takes flags only, not %q", flags.Arg(0))
	case s.seeds < 1 || s.seeds > mostSeeds:
		return s, fmt.Errorf("-seeds must be 1 to %d", mostSeeds)
	case s.days < 1 || s.days > simulate.MostDays:
		return s, fmt.Errorf("-days must be 1 to %d", simulate.MostDays)
	case s.fit && (s.policy != "all" || s.out != "" || s.params != simulate.Defaults()):
		return s, errors.New("-fit compares no policies and finds parameters: leave -policy, -out and -set away")
	}
	return s, nil
}

// set one parameter by its code.
func (s *simulation) set(text string) error {
	code, number, ok := strings.Cut(text, "=")
	value, err := strconv.ParseFloat(number, 64)
	if !ok || err != nil {
		return errors.New("-set needs a code and a number, like stay_days=198")
	}
	var codes []string
	for _, row := range simulate.ParamTable() {
		if row.Code == code {
			return row.Set(&s.params, value)
		}
		codes = append(codes, row.Code)
	}
	return fmt.Errorf("there is no parameter %q: choose one of %s", code, strings.Join(codes, ", "))
}

func (s simulation) run(out io.Writer) error {
	known, err := gazetteer.Default()
	if err != nil {
		return err
	}
	var seeds []uint64
	for i := range s.seeds {
		seeds = append(seeds, s.seed+uint64(i))
	}
	var report simulate.Report
	if s.fit {
		report, err = simulate.FitReport(seeds, s.days, known.Find)
	} else {
		study := simulate.Study{Seeds: seeds, Days: s.days, Start: simulate.DefaultStart(), Params: s.params, Find: known.Find}
		if s.policy != "all" {
			study.Policies = []string{s.policy}
		}
		report, err = study.Report()
	}
	if err != nil {
		return err
	}
	if s.out != "" {
		if err := s.write(report); err != nil {
			return err
		}
	}
	if s.json {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		return e.Encode(report)
	}
	return report.Text(out)
}

// write the tables and charts into a folder, for people to look at.
func (s simulation) write(report simulate.Report) error {
	if err := os.MkdirAll(s.out, 0o755); err != nil {
		return err
	}
	files := append(report.Comparison.Charts(), simulate.Chart{File: "runs.csv", Write: report.Comparison.CSV}, simulate.Chart{File: "report.txt", Write: report.Text})
	for _, f := range files {
		if err := writeWhole(filepath.Join(s.out, f.File), f.Write); err != nil {
			return err
		}
	}
	return nil
}

func writeWhole(path string, write func(io.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}
