package allocator

import (
	"cmp"
	"slices"

	"haven/schema"
)

// UnmetReasons prefills why no place was found: schema.UnmetReasons codes, what ruled out most free places first. A place counts once for
// each code, and one that nobody confirmed counts as that.
func UnmetReasons(s Shortlist) []string {
	if s.Fits.Len()+s.Check.Len()+s.Unconfirmed.Len()+s.No.Len() == 0 {
		return []string{"no_space_free"}
	}
	count := map[string]int{}
	if s.No.Len() > 0 {
		s.No.line.unmet(count)
	}
	if n := s.Unconfirmed.Len(); n > 0 {
		count[freshness().Unmet] += n
	}
	var codes []string
	for _, row := range schema.UnmetReasons {
		if count[row.Code] > 0 {
			codes = append(codes, row.Code)
		}
	}
	slices.SortStableFunc(codes, func(a, b string) int { return cmp.Compare(count[b], count[a]) })
	return codes
}

// unmet is the reason that a finding which bars puts forward: the rule's, where it has none of its own.
func (f *Finding) unmet(r *Rule) string {
	if f.Unmet != "" {
		return f.Unmet
	}
	return r.Unmet
}
