package simulate

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"haven/schema"
)

// Study puts policies to the same worlds, one for each seed.
type Study struct {
	Policies []string // codes; empty for all
	Seeds    []uint64
	Days     int
	Start    time.Time
	Params   Params
	Find     func(code string) (schema.Area, error)
}

// Comparison is what a study found.
type Comparison struct {
	Days     int            `json:"days"`
	Seeds    []uint64       `json:"seeds"`
	Spaces   Interval       `json:"spaces"`
	Asked    Interval       `json:"households"`
	Ceiling  []GroupFigure  `json:"ceiling"`
	Policies []PolicyFigure `json:"policies"`
	Goals    []Goal         `json:"goals,omitempty"`
	Runs     []Result       `json:"runs"`
}

// PolicyFigure is one policy over all seeds.
type PolicyFigure struct {
	Code  string `json:"code"`
	Words string `json:"words"`
	// Placed of a hundred households, and of a hundred that the ceiling places.
	Placed     Interval `json:"placed_share"`
	OfCeiling  Interval `json:"share_of_ceiling"`
	Households Interval `json:"households_placed"`

	MeanHours   Interval      `json:"mean_hours"`
	MedianHours Interval      `json:"median_hours"`
	Nights      Interval      `json:"bed_and_breakfast_nights"`
	Failed      Interval      `json:"unsuccessful_share"`
	Groups      []GroupFigure `json:"groups"`
}

// GroupFigure is the share of one group that was placed: its own, and by how much it differs from first come on the same seeds.
type GroupFigure struct {
	Code    string   `json:"code"`
	Words   string   `json:"words"`
	Asked   Interval `json:"asked"`
	Share   Interval `json:"share"`
	Against Interval `json:"against_first_come"`
}

// seedRun is all policies in one world.
type seedRun struct {
	ceiling []Share
	results []Result
}

// Compare runs the study. What it finds does not depend on how many processors there are.
func (s Study) Compare() (Comparison, error) {
	chosen, err := s.chosen()
	if err != nil {
		return Comparison{}, err
	}
	if len(s.Seeds) == 0 {
		return Comparison{}, fmt.Errorf("a study needs a seed")
	}
	runs, errs := make([]seedRun, len(s.Seeds)), make([]error, len(s.Seeds))
	var workers sync.WaitGroup
	next := make(chan int, len(s.Seeds))
	for i := range s.Seeds {
		next <- i
	}
	close(next)
	for range min(runtime.GOMAXPROCS(0), len(s.Seeds)) {
		workers.Go(func() {
			for i := range next {
				runs[i], errs[i] = s.world(s.Seeds[i], chosen)
			}
		})
	}
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			return Comparison{}, err
		}
	}
	return s.gather(chosen, runs), nil
}

func (s Study) chosen() ([]Policy, error) {
	if len(s.Policies) == 0 {
		return Policies(), nil
	}
	var out []Policy
	for _, code := range s.Policies {
		i := slices.IndexFunc(Policies(), func(p Policy) bool { return p.Code == code })
		if i < 0 {
			return nil, fmt.Errorf("there is no policy %q: choose one of %s", code, policyCodes())
		}
		out = append(out, Policies()[i])
	}
	return out, nil
}

func policyCodes() string {
	var codes []byte
	for i, p := range Policies() {
		if i > 0 {
			codes = append(codes, ", "...)
		}
		codes = append(codes, p.Code...)
	}
	return string(codes)
}

func (s Study) world(seed uint64, policies []Policy) (seedRun, error) {
	w, err := NewWorld(Setting{Params: s.Params, Seed: seed, Start: s.Start, Days: s.Days, Find: s.Find})
	if err != nil {
		return seedRun{}, err
	}
	var out seedRun
	for _, p := range policies {
		out.results = append(out.results, w.Run(p))
	}
	for i, g := range NeedGroups() {
		share := Share{Group: g.Code, Placed: w.Ceiling(func(in []bool) bool { return in[i] })}
		for h := range w.households {
			if w.households[h].groups[i] {
				share.Asked++
			}
		}
		out.ceiling = append(out.ceiling, share)
	}
	return out, nil
}

// over collects a figure over seeds.
func over(runs []seedRun, of func(seedRun) float64) Interval {
	var values []float64
	for _, r := range runs {
		values = append(values, of(r))
	}
	return intervalOf(values)
}

func (s Study) gather(policies []Policy, runs []seedRun) Comparison {
	c := Comparison{Days: s.Days, Seeds: s.Seeds}
	c.Spaces = over(runs, func(r seedRun) float64 { return float64(r.results[0].Spaces) })
	c.Asked = over(runs, func(r seedRun) float64 { return float64(r.results[0].Households) })
	for g, group := range NeedGroups() {
		c.Ceiling = append(c.Ceiling, GroupFigure{
			Code: group.Code, Words: group.Words,
			Asked: over(runs, func(r seedRun) float64 { return float64(r.ceiling[g].Asked) }),
			Share: over(runs, func(r seedRun) float64 { return r.ceiling[g].Of() }),
		})
	}
	first := slices.IndexFunc(policies, func(p Policy) bool { return p.Code == FirstCome })
	for i, p := range policies {
		c.Policies = append(c.Policies, figureOf(p, i, first, runs))
	}
	c.Goals = goals(c, runs, policies)
	for _, r := range runs {
		c.Runs = append(c.Runs, r.results...)
	}
	return c
}

// figureOf the i-th policy; first is where first come stands, -1 where it was not run.
func figureOf(p Policy, i, first int, runs []seedRun) PolicyFigure {
	of := func(f func(Result) float64) Interval {
		return over(runs, func(r seedRun) float64 { return f(r.results[i]) })
	}
	out := PolicyFigure{
		Code: p.Code, Words: p.Words,
		Placed:      of(func(r Result) float64 { return share1(r.Placed, r.Households) }),
		OfCeiling:   over(runs, func(r seedRun) float64 { return share1(r.results[i].Placed, r.ceiling[0].Placed) }),
		Households:  of(func(r Result) float64 { return float64(r.Placed) }),
		MeanHours:   of(func(r Result) float64 { return r.MeanHours }),
		MedianHours: of(func(r Result) float64 { return r.MedianHours }),
		Nights:      of(func(r Result) float64 { return float64(r.Nights) }),
		Failed:      of(unsuccessful),
	}
	for g, group := range NeedGroups() {
		figure := GroupFigure{Code: group.Code, Words: group.Words}
		figure.Asked = of(func(r Result) float64 { return float64(r.Groups[g].Asked) })
		figure.Share = of(func(r Result) float64 { return r.Groups[g].Of() })
		if first >= 0 {
			figure.Against = over(runs, func(r seedRun) float64 { return r.results[i].Groups[g].Of() - r.results[first].Groups[g].Of() })
		}
		out.Groups = append(out.Groups, figure)
	}
	return out
}
