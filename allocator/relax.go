package allocator

import (
	"slices"
	"time"

	"haven/schema"
)

// relaxations are the changes by which she would do without something that she asked for: one for each Rule.Relax. What a service said of itself, and
// what she or it called unsafe, is not hers to do without and stands in none of them.
func relaxations() []change {
	rows := []change{
		{code: "pet", words: "If the pet can be cared for elsewhere", apply: withoutPet},
		{code: "declined", words: "If a space they decided against before is all right now", apply: tryAgain},
		{code: "tenure", words: "If a tenancy that is not for life is all right", apply: anyTenancy},
	}
	for _, row := range wishRows() {
		rows = append(rows, change{code: mustCode(row.code), words: row.without, apply: without(row.code)})
	}
	return rows
}

func withoutPet(need schema.Need, _ time.Time) (schema.Need, bool) {
	if need.Pets != schema.Yes {
		return need, false
	}
	need.Pets = schema.No
	return need, true
}

// tryAgain forgets what she decided against, but for what was too near: that was about her safety.
func tryAgain(need schema.Need, _ time.Time) (schema.Need, bool) {
	var kept []schema.Declined
	for _, d := range need.Declined {
		if d.By != schema.BySurvivor || d.Why == "too_near" {
			kept = append(kept, d)
		}
	}
	if len(kept) == len(need.Declined) {
		return need, false
	}
	need.Declined = kept
	return need, true
}

// anyTenancy leaves it said that she has one for life: a landlord that gives them still comes to know.
func anyTenancy(need schema.Need, _ time.Time) (schema.Need, bool) {
	if need.Home.LifetimeTenancy != schema.Yes || need.Home.TenureWaived == schema.Yes {
		return need, false
	}
	need.Home.TenureWaived = schema.Yes
	return need, true
}

// without makes a must a strong wish: she would still rather have it.
func without(wish schema.WishCode) func(schema.Need, time.Time) (schema.Need, bool) {
	isMust := func(w schema.Wish) bool { return w.Code == wish && w.Tier == schema.Must }
	return func(need schema.Need, _ time.Time) (schema.Need, bool) {
		if !slices.ContainsFunc(need.Wishes, isMust) {
			return need, false
		}
		need.Wishes = slices.Clone(need.Wishes)
		for i := range need.Wishes {
			if isMust(need.Wishes[i]) {
				need.Wishes[i].Tier = schema.Strong
			}
		}
		return need, true
	}
}
