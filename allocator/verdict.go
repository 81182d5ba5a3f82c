package allocator

import "slices"

// Verdict is what the rules say of a place for a need.
type Verdict string

const (
	Fits Verdict = "fits"
	// CheckFirst: something is not known, or not confirmed. The place is never suggested as it is; the service is asked.
	CheckFirst Verdict = "check_first"
	DoesNotFit Verdict = "does_not_fit"
)

func (v Verdict) rank() int {
	switch v {
	case Fits:
		return 0
	case CheckFirst:
		return 1
	}
	return 2
}

func worse(a, b Verdict) Verdict {
	if b.rank() > a.rank() {
		return b
	}
	return a
}

// Finding is what one rule says, as shown to staff and as kept with a hold (S9). None of its words is finer than the publishable area,
// and the service, never the household, is the subject of a "no".
type Finding struct {
	Rule    string  `json:"rule"`
	Verdict Verdict `json:"verdict"`
	Hers    string  `json:"hers"`   // her value
	Places  string  `json:"places"` // the place's
	Words   string  `json:"words"`  // one sentence
	// Unmet is the schema.UnmetReasons code that a finding which bars puts forward when no place is found.
	Unmet string `json:"unmet,omitempty"`
}

func fits(hers, places, words string) Finding {
	return Finding{Verdict: Fits, Hers: hers, Places: places, Words: words}
}

func check(hers, places, words string) Finding {
	return Finding{Verdict: CheckFirst, Hers: hers, Places: places, Words: words}
}

func bars(hers, places, words string) Finding {
	return Finding{Verdict: DoesNotFit, Hers: hers, Places: places, Words: words}
}

// AreaClear says whether the place surely lies clear of everywhere that is not safe for her: the one thing that is asked again after a hold was
// made (S4).
func (a Assessment) AreaClear() bool {
	for _, r := range Rules() {
		if r.ConfirmsArea && !slices.ContainsFunc(a.Findings, func(f Finding) bool { return f.Rule == r.Code && f.Verdict == Fits }) {
			return false
		}
	}
	return true
}
