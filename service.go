package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"haven/exchange"
	"haven/notifier"
	"haven/schema"
	"haven/schema/gazetteer"
	"haven/schema/ledger"
)

// serviceFile is what `haven service put FILE.json` reads: a service as its provider chooses to publish it. Areas are written as people say
// them ("B11", "Solihull", "West Midlands").
type serviceFile struct {
	ID           schema.ServiceID      `json:"id"` // empty for a new service
	Organisation schema.OrganisationID `json:"organisation"`
	CodeName     string                `json:"code_name"`
	Provision    schema.ProvisionCode  `json:"provision"`
	Area         string                `json:"area"`
	ExcludesFrom []string              `json:"excludes_from"`
	Takes        schema.Takes          `json:"takes"`
	Setting      string                `json:"setting"`
	Reception    schema.Reception      `json:"reception"`
	Lets         schema.Lets           `json:"lets"`
	HoldMinutes  int                   `json:"hold_minutes"`
	DutyNumber   string                `json:"duty_number"`
}

// runService makes or changes a service. Its spaces are the provider's to publish.
func runService(ctx context.Context, c Config, args []string) error {
	if len(args) != 2 || args[0] != "put" {
		return errors.New("usage: haven service put FILE.json")
	}
	raw, err := os.ReadFile(args[1])
	if err != nil {
		return err
	}
	f, err := readService(raw)
	if err != nil {
		return fmt.Errorf("%s: %w", args[1], err)
	}
	return withLedger(ctx, c, "haven service", func(db *ledger.DB, x *exchange.Exchange) error {
		known, err := places(ctx, db)
		if err != nil {
			return err
		}
		s, err := f.service(known)
		if err != nil {
			return err
		}
		duty, err := dutyNumber(f.DutyNumber, c)
		if err != nil {
			return err
		}
		s, err = x.PutService(ctx, shell(), s, duty)
		if err != nil {
			return err
		}
		fmt.Printf("service %s, version %d\n", s.ID, s.Version)
		return nil
	})
}

// readService names the field where the file is not one. What the service may say in it is for the facts themselves to check.
func readService(raw []byte) (serviceFile, error) {
	var f serviceFile
	read := json.NewDecoder(bytes.NewReader(raw))
	read.DisallowUnknownFields()
	err := read.Decode(&f)
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong):
		line := 1 + bytes.Count(raw[:wrong.Offset], []byte("\n"))
		return f, fmt.Errorf("line %d: %s is a %s, which it cannot be", line, cmp.Or(wrong.Field, "the file"), wrong.Value)
	case err != nil:
		return f, err
	}
	if _, err := read.Token(); err != io.EOF {
		return f, errors.New("the file goes on after its JSON object; write one service a file")
	}
	return f, nil
}

func (f serviceFile) service(known *gazetteer.Gazetteer) (schema.Service, error) {
	s := schema.Service{
		ID: f.ID, Provider: f.Organisation, CodeName: f.CodeName, Provision: f.Provision, Takes: f.Takes, Setting: f.Setting, Reception: f.Reception,
		Lets: f.Lets, HoldMinutes: f.HoldMinutes,
	}
	var err error
	if s.Area, err = known.Find(f.Area); err != nil {
		return s, fmt.Errorf("area: %w", err)
	}
	for i, text := range f.ExcludesFrom {
		area, err := known.Find(text)
		if err != nil {
			return s, fmt.Errorf("excludes_from[%d]: %w", i, err)
		}
		s.ExcludesFrom = append(s.ExcludesFrom, area)
	}
	return s, s.Check()
}

// dutyNumber in the one form that texts are sent to. Numbers kept for drama are taken where texts go to a stand-in.
func dutyNumber(text string, c Config) (string, error) {
	if text == "" {
		return "", nil
	}
	number, err := notifier.ParseMobile(text, c.TwilioBaseURL != "")
	if err != nil {
		return "", fmt.Errorf("duty_number: %w", err)
	}
	return number, nil
}
