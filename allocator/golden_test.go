package allocator_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"haven/allocator"
	"haven/schema"
)

// goldenWorld is fourteen places known by their code names. The shortlists in testdata/golden were worked out from this table by hand.
func goldenWorld() []schema.Place {
	b90 := area(schema.AreaOutcode, "B90", 52.400, -1.820, 3)
	coventry := area(schema.AreaCouncil, "Coventry", 52.408, -1.510, 9)
	const yes, no, unsaid = schema.Yes, schema.No, schema.Unknown
	rows := []struct {
		name                          string
		kind                          schema.ProvisionCode
		area                          schema.Area
		beds, boys                    int // boys -1: not said
		wheelchair, mobility          schema.Fact
		noRecourse, selfContained     schema.Fact
		status                        schema.Status
		confirmedHoursAgo, readyHours int
	}{
		{"alder", schema.Refuge, leeds, 3, 12, no, no, no, no, schema.StatusAvailable, 1, 0},
		{"birch", schema.Dispersed, cardiff, 4, 17, yes, yes, yes, yes, schema.StatusAvailable, 8, 0},
		{"cedar", schema.Refuge, glasgow, 3, -1, unsaid, yes, unsaid, no, schema.StatusAvailable, 1, 0},
		{"damson", schema.Refuge, coventry, 4, 14, yes, yes, no, no, schema.StatusAvailable, 1, 0},
		{"elder", schema.Refuge, b90, 4, 14, unsaid, unsaid, unsaid, no, schema.StatusAvailable, 1, 0},
		{"fir", schema.Refuge, leeds, 2, 12, yes, yes, yes, no, schema.StatusAvailable, 1, 0},
		{"gorse", schema.Refuge, leeds, 2, 10, no, no, no, no, schema.StatusAvailable, 1, 0},
		{"hazel", schema.Refuge, leeds, 4, 16, yes, yes, unsaid, no, schema.StatusAvailable, 20, 0},
		{"ivy", schema.Refuge, cardiff, 4, 16, yes, yes, yes, no, schema.StatusTaken, 1, 0},
		{"juniper", schema.SecondStage, cardiff, 4, 16, yes, yes, yes, yes, schema.StatusAvailable, 1, 0},
		{"larch", schema.Refuge, leeds, 4, 16, no, no, no, no, schema.StatusAvailable, 1, 0},
		{"maple", schema.Refuge, cardiff, 4, 16, yes, no, yes, no, schema.StatusGettingReady, 1, 6},
		{"nettle", schema.Sanctuary, birmingham, 0, -1, unsaid, unsaid, yes, unsaid, schema.StatusAvailable, 1, 0},
		{"oak", schema.Refuge, leeds, 5, 16, no, yes, yes, no, schema.StatusAvailable, 1, 0},
	}
	var places []schema.Place
	for _, r := range rows {
		p := schema.Place{
			Space: schema.Space{ID: schema.SpaceID(r.name), BedSpaces: r.beds, Wheelchair: r.wheelchair, LimitedMobility: r.mobility, SelfContained: r.selfContained},
			Service: schema.Service{CodeName: r.name, Provision: r.kind, Area: r.area, Takes: schema.Takes{
				Adults: map[schema.Described]schema.Fact{schema.Woman: yes, schema.Man: no}, Children: yes, NoRecourse: r.noRecourse,
			}},
			Vacancy: schema.Vacancy{Status: r.status, ConfirmedAt: noon.Add(-time.Duration(r.confirmedHoursAgo) * time.Hour)},
			Version: 1,
		}
		welcoming(&p) // nothing else is in question
		if r.boys >= 0 {
			p.Service.Takes.BoysTo = &r.boys
		}
		if r.readyHours > 0 {
			p.Vacancy.From = ptr(noon.Add(time.Duration(r.readyHours) * time.Hour))
		}
		if r.name == "larch" {
			p.Service.ExcludesFrom = []schema.Area{birmingham}
		}
		places = append(places, p)
	}
	return places
}

func TestGoldenShortlists(t *testing.T) {
	t.Parallel()
	mother := aWoman()
	mother.Household.Children = []schema.Child{{Age: 11, Sex: schema.Boy}, {Age: 4, Sex: schema.Girl}}
	mother.Avoid, mother.NowIn, mother.Recourse = []schema.Avoid{{Area: b11}}, &b11, schema.Yes
	mother.Wishes = []schema.Wish{{Code: schema.WishSelfContained, Tier: schema.Nice}}

	wheelchair := aWoman()
	wheelchair.Avoid, wheelchair.NowIn = []schema.Avoid{{Area: leeds, MarginMiles: ptr(20.0)}}, &leeds
	wheelchair.Wheelchair, wheelchair.LimitedMobility, wheelchair.Recourse = schema.Yes, schema.Yes, schema.No

	for name, need := range map[string]schema.Need{"mother_boy_11_girl_4": mother, "wheelchair_no_recourse": wheelchair} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile("testdata/golden/" + name + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			_, want, _ := strings.Cut(string(text), "\n") // the first line says who asks
			if got := printed(allocator.List(need, goldenWorld(), noon)); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// printed is a shortlist as the golden files write it: group, place, band, and the rules that put it there.
func printed(s allocator.Shortlist) string {
	var b strings.Builder
	group := func(name string, places allocator.Group, why func(allocator.Assessment) []allocator.Finding) {
		for _, a := range places.All() {
			fmt.Fprintln(&b, strings.TrimSpace(fmt.Sprintf("%s %s | %s | %s", name, a.Place.Service.CodeName, a.Band, strings.Join(codes(why(a)), " "))))
		}
	}
	group("fits", s.Fits, allocator.Assessment.Checking)
	group("check", s.Check, allocator.Assessment.Checking)
	group("unconfirmed", s.Unconfirmed, allocator.Assessment.Checking)
	group("no", s.No, allocator.Assessment.Failing)
	fmt.Fprintf(&b, "not free %d, not sought %d, of %d\nunmet %s\n", s.NotFree, s.NotSought, s.Total, strings.Join(allocator.UnmetReasons(s), " "))
	return b.String()
}
