package plan

import "testing"

func TestOffersFitInASet(t *testing.T) {
	t.Parallel()
	table := offerTable()
	if len(table) > 64 {
		t.Errorf("%d rows do not fit in a set of 64", len(table))
	}
	seen := map[string]bool{}
	for i, o := range table {
		if words := o.before + "|" + o.after; words == "|" || seen[words] {
			t.Errorf("row %d says nothing, or what another says: %q", i, words)
		} else {
			seen[words] = true
		}
		if o.within > i {
			t.Errorf("row %d stands for rows that are not there", i)
		}
	}
}
