package allocator_test

import (
	"testing"

	"pgregory.net/rapid"

	"haven/allocator"
	"haven/schema"
)

// TestAlikeByKeyIsAlikeByVerdict: of two places with one key, every need gets one verdict; of two needs with one key, every place. Each pair
// differs in few parts, for there a key that leaves one out gives itself away.
func TestAlikeByKeyIsAlikeByVerdict(t *testing.T) {
	t.Parallel()
	rules := allocator.Rules()
	places, needs := map[string]int{}, map[string]int{}
	alike := func(t *rapid.T) {
		p1, other := genPlace().Draw(t, "place"), genPlace().Draw(t, "other place")
		p1.Service.Provision = rapid.SampledFrom([]schema.ProvisionCode{p1.Service.Provision, schema.Sanctuary, schema.SecondStage, schema.SocialTenancy, schema.SocialTenancy}).Draw(t, "provision")
		p2 := p1
		differs := func(part string) bool { return rapid.IntRange(0, 3).Draw(t, part) == 0 }
		if differs("service") {
			p2.Service = other.Service
		}
		if differs("area") {
			p2.Service.Area = other.Service.Area
		}
		if differs("lets") {
			p2.Service.Lets = other.Service.Lets
		}
		if differs("space") {
			p2.Space = other.Space
		}
		if differs("vacancy") {
			p2.Vacancy = other.Vacancy
		}
		n1, n2 := genNeed().Draw(t, "need"), genNeed().Draw(t, "other need")
		asked := n2
		n2 = n1
		if differs("everything asked") {
			n2 = asked
		}
		if differs("household") {
			n2.Household = asked.Household
		}
		if differs("where") {
			n2.Avoid, n2.Routes, n2.Near, n2.NowIn = asked.Avoid, asked.Routes, asked.Near, asked.NowIn
		}
		if differs("home") {
			n2.Home, n2.MovingOn = asked.Home, asked.MovingOn
		}
		if differs("when") {
			n2.ArriveBy, n2.SaidAt = asked.ArriveBy, asked.SaidAt
		}
		for _, r := range rules {
			if k := r.PlaceKey(p1); k != nil && k == r.PlaceKey(p2) {
				places[r.Code]++
				for _, n := range []schema.Need{n1, n2} {
					if one, other := r.Judge(n, p1, noon, false), r.Judge(n, p2, noon, false); one != other {
						t.Fatalf("%s: places with the key %+v get %s and %s", r.Code, k, one, other)
					}
				}
			}
			if k := r.NeedKey(n1); k != nil && k == r.NeedKey(n2) {
				needs[r.Code]++
				for _, p := range []schema.Place{p1, p2} {
					if one, other := r.Judge(n1, p, noon, false), r.Judge(n2, p, noon, false); one != other {
						t.Fatalf("%s: needs with the key %+v get %s and %s", r.Code, k, one, other)
					}
				}
			}
		}
	}
	for range 5 { // most pairs meet in few of the rules
		rapid.Check(t, alike)
	}
	for _, r := range rules {
		if r.PlaceKey(aRoom()) != nil && places[r.Code] == 0 || r.NeedKey(aWoman()) != nil && needs[r.Code] == 0 {
			t.Errorf("%s: no two places, or no two needs, had one key", r.Code)
		}
	}
}

// TestQuietIsTheSameVerdict: a rule that leaves its words out says what it says with them.
func TestQuietIsTheSameVerdict(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		need, place := genNeed().Draw(t, "need"), genPlace().Draw(t, "place")
		for _, r := range allocator.Rules() {
			if quiet, told := r.Judge(need, place, noon, true), r.Judge(need, place, noon, false); quiet != told {
				t.Fatalf("%s: %s with words, %s without", r.Code, told, quiet)
			}
		}
	})
}
