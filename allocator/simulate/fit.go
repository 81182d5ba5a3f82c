package simulate

import (
	"math"
	"slices"
	"time"

	"haven/schema"
)

// Fit finds the free parameters with which a policy of first come, nearest place comes closest to the anchors of one year, and reads no figure of any
// other year. It is a pattern search over the same seeds for every try, so that it gives the same answer every time.
type Fit struct {
	Year  Year
	Seeds []uint64
	Days  int
	Find  func(code string) (schema.Area, error)
}

// Fitted is what a fit found.
type Fitted struct {
	Year    string
	Free    []Param // with their values
	Anchors []Compared
	Tries   int
	// Off is the mean square of how far off the anchors are, each in steps of how far off still counts as met.
	Off float64
	// First is how far off the first try was.
	First float64
}

// Compared is an anchor beside what came out.
type Compared struct {
	Anchor
	Got Interval `json:"got"`
	Met bool     `json:"met"`
}

// mostTries bounds the search; it ends sooner where no step helps.
const mostTries = 150

// Search for the best free parameters.
func (f Fit) Search() (Fitted, error) {
	p := Defaults()
	f.Year.Change(&p)
	var worlds []*World
	for _, seed := range f.Seeds {
		w, err := NewWorld(Setting{Params: p, Seed: seed, Start: f.Year.Start, Days: f.Days, Find: f.Find})
		if err != nil {
			return Fitted{}, err
		}
		worlds = append(worlds, w)
	}
	free := freeParams()
	best, off, first, tries := p, math.Inf(1), math.Inf(1), 0
	for _, start := range starts() {
		try := p
		for i, row := range free {
			*row.of(&try) = start[i]
		}
		tries++
		o := f.off(worlds, try)
		if tries == 1 {
			first = o
		}
		if o < off {
			best, off = try, o
		}
	}
	for step := 0.25; step > 0.01 && tries < mostTries; {
		better := false
		for _, row := range free {
			for _, factor := range []float64{1 + step, 1 / (1 + step)} {
				try := best
				*row.of(&try) = math.Min(row.Of(best)*factor, row.most)
				tries++
				if o := f.off(worlds, try); o < off {
					best, off, better = try, o, true
					break
				}
			}
		}
		if !better {
			step /= 2
		}
	}
	for i := range free {
		free[i].Value = free[i].Of(best)
	}
	return Fitted{Year: f.Year.Name, Free: free, Anchors: f.Year.compare(firstCome(worlds, best)), Tries: tries, Off: off, First: first}, nil
}

// starts are spread over all that is plausible, so that a search does not stop in the first hollow.
func starts() [][3]float64 {
	var out [][3]float64
	for _, households := range []float64{3, 4.5, 6.5} {
		for _, direct := range []float64{0.01, 0.04, 0.15} {
			for _, unasked := range []float64{0.15, 0.4, 0.9} {
				out = append(out, [3]float64{households, direct, unasked})
			}
		}
	}
	return out
}

func (f Fit) off(worlds []*World, p Params) float64 {
	sum := 0.0
	results := firstCome(worlds, p)
	for _, a := range f.Year.Anchors {
		mean := 0.0
		for _, r := range results {
			mean += a.of(r) / float64(len(results))
		}
		sum += math.Pow((mean-a.Published)/a.Within, 2)
	}
	return sum / float64(len(f.Year.Anchors))
}

func firstCome(worlds []*World, p Params) []Result {
	i := slices.IndexFunc(Policies(), func(p Policy) bool { return p.Code == FirstCome })
	var out []Result
	for _, w := range worlds {
		out = append(out, w.with(p).Run(Policies()[i]))
	}
	return out
}

// compare a year's anchors with what came out.
func (y Year) compare(results []Result) []Compared {
	var out []Compared
	for _, a := range y.Anchors {
		var values []float64
		for _, r := range results {
			values = append(values, a.of(r))
		}
		got := intervalOf(values)
		out = append(out, Compared{Anchor: a, Got: got, Met: math.Abs(got.Mean-a.Published) <= a.Within})
	}
	return out
}

// Reproduce puts first come, nearest place to a year, and compares what comes out with what was published.
func (y Year) Reproduce(p Params, seeds []uint64, days int, find func(string) (schema.Area, error)) ([]Compared, error) {
	y.Change(&p)
	var results []Result
	for _, seed := range seeds {
		w, err := NewWorld(Setting{Params: p, Seed: seed, Start: y.Start, Days: days, Find: find})
		if err != nil {
			return nil, err
		}
		results = append(results, firstCome([]*World{w}, p)...)
	}
	return y.compare(results), nil
}

// DefaultStart of a comparison of policies: the year after the last that is published.
func DefaultStart() time.Time { return time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC) }
