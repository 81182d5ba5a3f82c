package plan

import (
	"time"

	"haven/schema"
)

// Tier is how urgent a household's need is, 1 the most. Tiers are an order, never weights: no number of a later one makes up for one of an
// earlier.
type Tier int

const (
	// Now: in danger as things stand, or on the way out.
	Now Tier = iota + 1
	// Tonight: nowhere to sleep.
	Tonight
	// Soon: a roof tonight that cannot last, or nobody said where she sleeps.
	Soon
	// Safe tonight.
	Safe
)

// Tiers is how many there are.
const Tiers = int(Safe)

// Words that staff read.
func (t Tier) Words() string {
	switch t {
	case Now:
		return "In danger now, or leaving now"
	case Tonight:
		return "Nowhere to sleep tonight"
	case Soon:
		return "A roof tonight that cannot last, or nobody said where"
	}
	return "Safe tonight"
}

const (
	// WaitRaises: who has waited this long is raised a tier, so that nobody waits for ever behind newer needs. An assumption, to be labelled so.
	WaitRaises = 7 * 24 * time.Hour
	// markMonths is how long a risk level speaks: it changes with events. An assumption, to be labelled so.
	markMonths = 6
)

// Urgency starts from tonight's facts and from waiting; a high mark raises it by one tier and nothing lowers it (S5).
func Urgency(need schema.Need, since, now time.Time) Tier {
	t := unmarked(need.Tonight, since, now)
	if marked(need.Risk, now) {
		t = raised(t)
	}
	return t
}

// unmarked is the urgency that reads no risk level.
func unmarked(tonight schema.Tonight, since, now time.Time) Tier {
	t := tierOf(tonight)
	if !since.IsZero() && now.Sub(since) >= WaitRaises {
		t = raised(t)
	}
	return t
}

func tierOf(tonight schema.Tonight) Tier {
	if tonight.AbuserPresent == schema.Yes || tonight.LeavingNow == schema.Yes {
		return Now
	}
	switch tonight.Sleeps {
	case "with_abuser":
		return Now
	case "nowhere", "public_place":
		return Tonight
	case "safe_tonight":
		return Safe
	}
	// Friends, bed and breakfast, and not said: an answer nobody gave must not put her behind those who are safe.
	return Soon
}

func raised(t Tier) Tier { return max(t-1, Now) }

// marked says whether a level counts: high, with its source and its day, not older than markMonths and not from the future. All others are one
// and the same value: a low, old, partial or absent mark says nothing of danger, and must never be read as safety.
func marked(r schema.Risk, now time.Time) bool {
	if r.Level != schema.RiskHigh || !schema.RiskSources.Has(r.Source) {
		return false
	}
	on, err := time.Parse(time.DateOnly, r.On)
	// A day begins in London up to an hour before it does in UTC.
	return err == nil && !on.After(now.UTC().Add(time.Hour)) && on.AddDate(0, markMonths, 1).After(now.UTC())
}
