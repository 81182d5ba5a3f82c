package allocator

import "haven/schema"

// band is a coarse distance between the centres of two publishable areas. Never a number: three distances locate a house.
type band struct {
	under float64 // miles
	words string
}

func bands() [4]band {
	return [4]band{
		{30, "under 30 miles"},
		{80, "30 to 80 miles"},
		{150, "80 to 150 miles"},
		{0, "150 miles and more"},
	}
}

// Bands lists the words for distances, nearest first.
func Bands() []string {
	var out []string
	for _, b := range bands() {
		out = append(out, b.words)
	}
	return out
}

// Band gives the words for the distance between two areas, or nothing where either is not known.
func Band(from, to schema.Area) string {
	if !measurable(from) || !measurable(to) {
		return ""
	}
	d := schema.DistanceKm(from, to) / schema.KmPerMile
	rows := bands()
	for _, b := range rows[:len(rows)-1] {
		if d < b.under {
			return b.words
		}
	}
	return rows[len(rows)-1].words
}
