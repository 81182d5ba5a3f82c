package allocator_test

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"haven/allocator"
	"haven/schema"
)

// mend makes the one fact a rule reads right, and nothing else. A new rule without a row fails the test below.
func mend() map[string]func(*schema.Need, *schema.Place) {
	all := map[string]func(*schema.Need, *schema.Place){}
	for _, g := range ruleGroups() {
		maps.Copy(all, g.mend)
	}
	return all
}

// TestFlippingTheFactFlipsTheVerdict is S8: what does not fit becomes what the other findings say once every failing fact is mended, one by
// one, and mending one fact changes no other finding for the worse.
func TestFlippingTheFactFlipsTheVerdict(t *testing.T) {
	t.Parallel()
	mends := mend()
	for _, r := range allocator.Rules() {
		if mends[r.Code] == nil {
			t.Errorf("say how to mend the fact of rule %s", r.Code)
		}
	}
	flipped := 0
	rapid.Check(t, func(t *rapid.T) {
		need, place := genNeed().Draw(t, "need"), genPlace().Draw(t, "place")
		a := allocator.Evaluate(need, place, noon)
		for failing := a.Failing(); len(failing) > 0; failing = a.Failing() {
			if a.Verdict != allocator.DoesNotFit {
				t.Fatalf("%s says no and the verdict is %s", failing[0].Rule, a.Verdict)
			}
			mends[failing[0].Rule](&need, &place)
			next := allocator.Evaluate(need, place, noon)
			if len(next.Failing()) != len(failing)-1 {
				t.Fatalf("mended %s: failing went from %v to %v", failing[0].Rule, codes(failing), codes(next.Failing()))
			}
			a, flipped = next, flipped+1
		}
		if a.Verdict == allocator.DoesNotFit {
			t.Fatal("no finding says no and the verdict does")
		}
		for checking := a.Checking(); len(checking) > 0; checking = a.Checking() {
			mends[checking[0].Rule](&need, &place)
			next := allocator.Evaluate(need, place, noon)
			if next.Verdict == allocator.DoesNotFit || len(next.Checking()) >= len(checking) {
				t.Fatalf("mended %s: %v became %v and %v", checking[0].Rule, codes(checking), codes(next.Checking()), codes(next.Failing()))
			}
			a = next
		}
		if a.Verdict != allocator.Fits {
			t.Fatalf("every fact is right and the verdict is %s", a.Verdict)
		}
	})
	if flipped == 0 {
		t.Error("no generated place failed a rule, so nothing was flipped")
	}
}

// TestVerdictIsTheWorstFinding, and every rule speaks, in order.
func TestVerdictIsTheWorstFinding(t *testing.T) {
	t.Parallel()
	var rules []string
	for _, r := range allocator.Rules() {
		rules = append(rules, r.Code)
	}
	rapid.Check(t, func(t *rapid.T) {
		a := allocator.Evaluate(genNeed().Draw(t, "need"), genPlace().Draw(t, "place"), noon)
		if !slices.Equal(codes(a.Findings), rules) {
			t.Fatalf("got findings %v, want %v", codes(a.Findings), rules)
		}
		want := allocator.Fits
		if len(a.Checking()) > 0 {
			want = allocator.CheckFirst
		}
		if len(a.Failing()) > 0 {
			want = allocator.DoesNotFit
		}
		if a.Verdict != want {
			t.Fatalf("got %s with failing %v and checking %v", a.Verdict, codes(a.Failing()), codes(a.Checking()))
		}
	})
}

func codes(findings []allocator.Finding) []string {
	out := make([]string, 0, len(findings))
	for _, f := range findings {
		out = append(out, f.Rule)
	}
	return out
}

// finding of one rule.
func finding(a allocator.Assessment, rule string) allocator.Finding {
	return a.Findings[slices.IndexFunc(a.Findings, func(f allocator.Finding) bool { return f.Rule == rule })]
}
