package simulate

import (
	"fmt"
	"time"

	"haven/schema"
)

// Provider is an organisation with what it would publish. Nothing has an id yet: those are given when it is taken on.
type Provider struct {
	Organisation schema.Organisation
	Services     []Service
}

// Service is one service, the number its duty staff carry, and its spaces.
type Service struct {
	schema.Service
	DutyNumber string
	Spaces     []Space
}

// Space is one space and what is reported of it.
type Space struct {
	schema.Space
	Report schema.Report
}

// firstDutyNumber stands in a block of numbers that are kept for fiction and never ring.
const firstDutyNumber = 900100

// Network of about 70 services and 700 spaces as they stand at a time. find turns the name of an area into a schema.Area, as the gazetteer does.
func Network(seed uint64, now time.Time, find func(code string) (schema.Area, error)) ([]Provider, error) {
	d := roll(seed)
	names := codeNames()
	shuffle(d, names)
	var providers []Provider
	number := 0
	for _, o := range organisations() {
		p := Provider{Organisation: schema.Organisation{Kind: schema.KindProvider, Name: o.name}}
		for _, at := range o.sites {
			service, err := newService(d, at, names[number], find)
			if err != nil {
				return nil, err
			}
			p.Services = append(p.Services, Service{
				Service:    service,
				DutyNumber: fmt.Sprintf("07700 %d", firstDutyNumber+number),
				Spaces:     spacesOf(d, at.kind, now),
			})
			number++
		}
		providers = append(providers, p)
	}
	every := all(providers)
	dealStatements(d, every)
	dealAccess(d, every)
	dealReports(d, every, now)
	// A stream of its own: what else a service states must not change which of its rooms are free.
	more := roll(seed ^ 0x5bd1e995)
	dealParticulars(more, every)
	dealFittings(more, every)
	putIntoWords(every)
	return providers, nil
}

func newService(d *dice, at site, name string, find func(string) (schema.Area, error)) (schema.Service, error) {
	s := schema.Service{CodeName: name, Provision: at.kind}
	var err error
	if s.Area, err = find(at.area); err != nil {
		return s, fmt.Errorf("area of service %s: %q is not in the gazetteer: %w", name, at.area, err)
	}
	s.Setting = settingOf(s.Area, at.council)
	// Refuges seldom take somebody from their own area; that 2 in 5 say so is assumed.
	if at.kind == schema.Refuge && d.below(5) < 2 {
		own, err := find(at.council)
		if err != nil {
			return s, fmt.Errorf("excluded area of service %s: %q is not in the gazetteer: %w", name, at.council, err)
		}
		s.ExcludesFrom = []schema.Area{own}
	}
	return s, nil
}

func all(providers []Provider) []*Service {
	var out []*Service
	for i := range providers {
		for j := range providers[i].Services {
			out = append(out, &providers[i].Services[j])
		}
	}
	return out
}
