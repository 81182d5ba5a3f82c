package allocator_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"haven/allocator"
	"haven/schema"
)

// TestAreaFollowsTheFormula is S4 in its exact words: with d between centres and radii r, d + r_place <= r_avoid + margin does not fit,
// d - r_place >= r_avoid + margin may fit, anything else and any unknown is check first; the worst area decides.
func TestAreaFollowsTheFormula(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		need, place := aWoman(), aRoom()
		place.Service.Area = genArea().Draw(t, "place")
		need.Avoid = genNeed().Draw(t, "need").Avoid
		want := allocator.Fits
		if len(need.Avoid) == 0 && !place.Service.Area.Located {
			want = allocator.CheckFirst // nothing to avoid, and still not known where
		}
		for _, a := range need.Avoid {
			rPlace, rAvoid, margin := place.Service.Area.RadiusKm, a.Area.RadiusKm, a.MarginKm()
			d := schema.DistanceKm(place.Service.Area, a.Area)
			one := allocator.CheckFirst
			if place.Service.Area.Located && a.Area.Located {
				if d+rPlace <= rAvoid+margin {
					one = allocator.DoesNotFit
				} else if d-rPlace >= rAvoid+margin {
					one = allocator.Fits
				}
			}
			if one == allocator.DoesNotFit || one == allocator.CheckFirst && want == allocator.Fits {
				want = one
			}
		}
		got := allocator.Evaluate(need, place, noon)
		if got.Findings[0].Verdict != want {
			t.Fatalf("got %s, want %s: %s", got.Findings[0].Verdict, want, got.Findings[0].Words)
		}
		if got.ConfirmArea != (want == allocator.CheckFirst) {
			t.Fatalf("got ConfirmArea %v for %s", got.ConfirmArea, want)
		}
	})
}

// TestNearWhereTheyAreIsAskedFirst: where nobody said what is not safe, a place fits only if it surely lies beyond the margin of where they are now. It
// is never barred by that, and a hold on it waits for the service to confirm its area.
func TestNearWhereTheyAreIsAskedFirst(t *testing.T) {
	t.Parallel()
	seen := map[allocator.Verdict]int{}
	rapid.Check(t, func(t *rapid.T) {
		need, place := aWoman(), aRoom()
		place.Service.Area, need.NowIn = genArea().Draw(t, "place"), ptr(genArea().Draw(t, "now in"))
		here, now := place.Service.Area, *need.NowIn
		want := allocator.CheckFirst
		if here.Located && now.Located && schema.DistanceKm(here, now)-here.RadiusKm >= now.RadiusKm+schema.DefaultMarginMiles*schema.KmPerMile {
			want = allocator.Fits
		}
		got := allocator.Evaluate(need, place, noon)
		if got.Findings[0].Verdict != want || got.ConfirmArea != (want == allocator.CheckFirst) {
			t.Fatalf("got %s, want %s: %s", got.Findings[0].Verdict, want, got.Findings[0].Words)
		}
		seen[want]++
	})
	if len(seen) != 2 {
		t.Errorf("only %v were drawn", seen)
	}
}

// TestAreaFailsClosed: whatever is broken in either area, an area to avoid is never cleared.
func TestAreaFailsClosed(t *testing.T) {
	t.Parallel()
	for name, breakIt := range brokenAreas() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			need, place := aWoman(), aRoom()
			avoid := glasgow
			breakIt(&avoid)
			need.Avoid = []schema.Avoid{{Area: avoid}}
			if got := allocator.Evaluate(need, place, noon); got.Verdict == allocator.Fits || !got.ConfirmArea {
				t.Errorf("area to avoid %+v: got %s", avoid, got.Verdict)
			}
			need.Avoid = []schema.Avoid{{Area: glasgow}}
			breakIt(&place.Service.Area)
			if got := allocator.Evaluate(need, place, noon); got.Verdict == allocator.Fits || !got.ConfirmArea {
				t.Errorf("place in %+v: got %s", place.Service.Area, got.Verdict)
			}
		})
	}
	for name, margin := range map[string]float64{"not a number": math.NaN(), "below zero": -1} {
		need := aWoman()
		need.Avoid = []schema.Avoid{{Area: glasgow, MarginMiles: &margin}}
		if got := allocator.Evaluate(need, aRoom(), noon); got.Verdict == allocator.Fits {
			t.Errorf("margin %s: got fits", name)
		}
	}
}

// brokenAreas are the ways in which an area can be of no use for measuring.
func brokenAreas() map[string]func(*schema.Area) {
	return map[string]func(*schema.Area){
		"not located":         func(a *schema.Area) { a.Located = false },
		"no size":             func(a *schema.Area) { a.RadiusKm = 0 },
		"size below zero":     func(a *schema.Area) { a.RadiusKm = -400 },
		"size not a number":   func(a *schema.Area) { a.RadiusKm = math.NaN() },
		"size without end":    func(a *schema.Area) { a.RadiusKm = math.Inf(1) },
		"latitude left out":   func(a *schema.Area) { a.Lat = 0 },
		"longitude no number": func(a *schema.Area) { a.Lon = math.NaN() },
		"latitude no number":  func(a *schema.Area) { a.Lat = math.NaN() },
		"latitude of 400":     func(a *schema.Area) { a.Lat = 400 },
		"empty":               func(a *schema.Area) { *a = schema.Area{} },
	}
}

// TestRiskChangesNothing is S5: whatever risk and tonight's danger say, verdicts, reasons and order are the same.
func TestRiskChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		world, need := genWorld().Draw(t, "world"), genNeed().Draw(t, "need")
		want := inFull(allocator.List(need, world, noon))
		need.Risk = schema.Risk{
			Level:  rapid.SampledFrom([]schema.RiskLevel{schema.RiskNone, schema.RiskStandard, schema.RiskMedium, schema.RiskHigh, "odd"}).Draw(t, "level"),
			Source: rapid.SampledFrom([]string{"", "checklist", "judgement"}).Draw(t, "source"),
			On:     rapid.SampledFrom([]string{"", "2026-11-20", "2019-01-01"}).Draw(t, "on"),
		}
		need.Tonight = schema.Tonight{
			Sleeps:        rapid.SampledFrom([]schema.SleepsCode{"", "nowhere", "safe_tonight"}).Draw(t, "sleeps"),
			AbuserPresent: genFact().Draw(t, "present"), LeavingNow: genFact().Draw(t, "leaving"),
		}
		if got := inFull(allocator.List(need, world, noon)); !reflect.DeepEqual(got, want) {
			t.Fatalf("risk %+v, tonight %+v changed the list", need.Risk, need.Tonight)
		}
	})
}

// TestNoRuleNamesRisk: the property above only tries values; no source of the engine may name the fields at all.
func TestNoRuleNamesRisk(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sources: %v", err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && (strings.HasPrefix(s.Sel.Name, "Risk") || s.Sel.Name == "Tonight") {
				t.Errorf("%s reads %s: risk never orders places (S5)", file, s.Sel.Name)
			}
			return true
		})
	}
}

// TestWordsStayCoarse is S6 for what a finding says: nothing of the place but its published area, no area of the service's own, no code name, no
// room and no coordinate.
func TestWordsStayCoarse(t *testing.T) {
	t.Parallel()
	need, place := aWoman(), aRoom()
	need.Avoid, need.NowIn = []schema.Avoid{{Area: b11, Person: 1}}, &b11
	need.Routes, need.Harm = []schema.Route{{From: b11, To: birmingham}, {From: b11, To: solihull, MarginMiles: ptr(0.0)}}, schema.Harm{People: 2}
	need.Near = []schema.Near{{Area: b11, WithinMiles: 50}, {Area: birmingham, WithinMiles: 120}, {Area: glasgow, WithinMiles: 500}}
	place.Space.Ref, place.Service.CodeName = "Attic", "Whitethorn"
	place.Service.ExcludesFrom = []schema.Area{cardiff}
	// Published before such words were refused (schema.Service.Check).
	place.Service.Takes.Words = "Women and children. We are at 12 Elm Road, LS6 2AA; call 07700 900123 or see www.elm.example."
	for _, here := range []schema.Area{leeds, solihull, {}} {
		for _, kind := range schema.Provisions() {
			place.Service.Area, place.Service.Provision = here, kind.Code
			for _, f := range allocator.Evaluate(need, place, noon).Findings {
				for _, secret := range []string{"Attic", "Whitethorn", "Cardiff", "space-1", "service-1", "53.8", "52.4", "-1.5", "km", "LS6", "Elm", "elm", "07700"} {
					if said := f.Hers + f.Places + f.Words; strings.Contains(said, secret) {
						t.Errorf("%s says %q in %q", f.Rule, secret, said)
					}
				}
			}
		}
	}
}
