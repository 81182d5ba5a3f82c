package simulate_test

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"haven/allocator"
	"haven/allocator/simulate"
	"haven/schema"
	"haven/schema/gazetteer"
)

var now = time.Date(2026, 11, 21, 13, 20, 0, 0, time.UTC)

func network(t *testing.T, seed uint64) []simulate.Provider {
	t.Helper()
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	providers, err := simulate.Network(seed, now, g.Find)
	if err != nil {
		t.Fatal(err)
	}
	return providers
}

func services(providers []simulate.Provider) []simulate.Service {
	var out []simulate.Service
	for _, p := range providers {
		out = append(out, p.Services...)
	}
	return out
}

func TestOneSeedIsOneNetwork(t *testing.T) {
	t.Parallel()
	first := network(t, 1)
	if !reflect.DeepEqual(network(t, 1), first) {
		t.Error("the same seed gave another network")
	}
	if reflect.DeepEqual(network(t, 2), first) {
		t.Error("another seed gave the same network")
	}
}

// TestNetworkCanBePublished: everything in it passes the checks a real provider's message has to pass, and it is as large as promised.
func TestNetworkCanBePublished(t *testing.T) {
	t.Parallel()
	number := regexp.MustCompile(`^07700 900\d{3}$`)
	for seed := range uint64(12) {
		providers := network(t, seed)
		kinds := map[schema.ProvisionCode]int{}
		spaces, taken := 0, 0
		codeNames, numbers := map[string]bool{}, map[string]bool{}
		for _, p := range providers {
			if p.Organisation.Name == "" || p.Organisation.Kind != schema.KindProvider {
				t.Errorf("organisation %+v", p.Organisation)
			}
		}
		for _, s := range services(providers) {
			kinds[s.Provision]++
			if err := s.Check(); err != nil {
				t.Errorf("seed %d, %s: %v", seed, s.CodeName, err)
			}
			if !s.Area.Located || s.Takes.Words == "" {
				t.Errorf("seed %d, %s: area %+v, words %q", seed, s.CodeName, s.Area, s.Takes.Words)
			}
			if codeNames[s.CodeName] || numbers[s.DutyNumber] || !number.MatchString(s.DutyNumber) {
				t.Errorf("seed %d: code name %s or number %s is used twice or not for fiction", seed, s.CodeName, s.DutyNumber)
			}
			codeNames[s.CodeName], numbers[s.DutyNumber] = true, true
			refs := map[string]bool{}
			for _, space := range s.Spaces {
				spaces++
				if space.Report.State == schema.Taken {
					taken++
				}
				if err := space.Check(); err != nil {
					t.Errorf("seed %d, %s %s: %v", seed, s.CodeName, space.Ref, err)
				}
				if err := space.Report.Check(now); err != nil {
					t.Errorf("seed %d, %s %s: %v", seed, s.CodeName, space.Ref, err)
				}
				if refs[space.Ref] {
					t.Errorf("seed %d, %s has two spaces called %s", seed, s.CodeName, space.Ref)
				}
				refs[space.Ref] = true
				if at := space.SlotAt; (at != nil) != (s.Provision == schema.Sanctuary) || at != nil && (!at.After(now) || at.After(now.AddDate(0, 0, 7))) {
					t.Errorf("seed %d, %s %s is dated %v", seed, s.CodeName, space.Ref, at)
				}
			}
			checkUnits(t, s)
		}
		want := map[schema.ProvisionCode]int{
			schema.Refuge: 47, schema.Specialist: 5, schema.Dispersed: 6, schema.SecondStage: 3, schema.OtherEmergency: 2, schema.Sanctuary: 4, schema.SocialTenancy: 5,
		}
		if !reflect.DeepEqual(kinds, want) {
			t.Errorf("seed %d: got services %v, want %v", seed, kinds, want)
		}
		if spaces < 640 {
			t.Errorf("seed %d: got %d spaces", seed, spaces)
		}
		if share := 100 * taken / spaces; share < 60 || share > 80 {
			t.Errorf("seed %d: %d%% of spaces are taken", seed, share)
		}
	}
}

// checkUnits: a unit is made of rooms that are spaces of the same service, and is reported no freer than they are.
func checkUnits(t *testing.T, s simulate.Service) {
	t.Helper()
	byRef := map[string]simulate.Space{}
	for _, space := range s.Spaces {
		byRef[space.Ref] = space
	}
	for _, unit := range s.Spaces {
		beds, free := 0, true
		for _, ref := range unit.Rooms {
			room, ok := byRef[ref]
			if !ok || len(room.Rooms) > 0 {
				t.Errorf("%s %s is made of %s, which is no room", s.CodeName, unit.Ref, ref)
			}
			beds += room.BedSpaces
			free = free && room.Report.Free()
			if unit.Report.State == schema.Available && room.Report.State != schema.Available {
				t.Errorf("%s %s is available and its room %s is %s", s.CodeName, unit.Ref, ref, room.Report.State)
			}
			if unit.Report.State == schema.GettingReady && room.Report.State == schema.GettingReady && room.Report.From.After(*unit.Report.From) {
				t.Errorf("%s %s is ready before its room %s", s.CodeName, unit.Ref, ref)
			}
		}
		if len(unit.Rooms) > 0 && (beds != unit.BedSpaces || free != unit.Report.Free()) {
			t.Errorf("%s %s sleeps %d of %d and is %s", s.CodeName, unit.Ref, unit.BedSpaces, beds, unit.Report.State)
		}
	}
}

// TestEveryMainNeedFindsAPlace, whatever the seed: a trial that shows nothing shows nothing.
func TestEveryMainNeedFindsAPlace(t *testing.T) {
	t.Parallel()
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	find := func(code string) schema.Area {
		a, err := g.Find(code)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	b11, birmingham := find("B11"), find("Birmingham")
	woman := func(change func(*schema.Need)) schema.Need {
		n := schema.Need{Household: schema.Household{Adults: []schema.Adult{{As: schema.Woman}}}, Recourse: schema.Yes, Avoid: []schema.Avoid{{Area: b11}}, NowIn: &b11, SaidAt: now}
		change(&n)
		return n
	}
	needs := map[string]struct {
		need  schema.Need
		least int // that fit or are to check first
		fit   int // of them that fit, with nothing to ask
	}{
		"a woman alone":                   {woman(func(n *schema.Need) {}), 20, 10},
		"a woman who says that she is 34": {woman(func(n *schema.Need) { n.Household.Adults[0].Age = 34 }), 20, 15},
		"a boy of 11 and a girl of 4": {woman(func(n *schema.Need) {
			n.Household.Children = []schema.Child{{Age: 11, Sex: schema.Boy}, {Age: 4, Sex: schema.Girl}}
		}), 5, 2},
		"five children": {woman(func(n *schema.Need) {
			n.Household.Children = []schema.Child{{Age: 9, Sex: schema.Girl}, {Age: 7, Sex: schema.Girl}, {Age: 5, Sex: schema.Boy}, {Age: 3, Sex: schema.Girl}, {Age: 1}}
		}), 1, 0},
		"no recourse": {woman(func(n *schema.Need) { n.Recourse = schema.No }), 2, 0},
		"wheelchair":  {woman(func(n *schema.Need) { n.Wheelchair = schema.Yes }), 1, 0},
		"a man with a daughter": {woman(func(n *schema.Need) {
			n.Household = schema.Household{Adults: []schema.Adult{{As: schema.Man}}, Children: []schema.Child{{Age: 6, Sex: schema.Girl}}}
		}), 1, 0},
		"stay home": {woman(func(n *schema.Need) {
			n.Offers, n.NowIn, n.Avoid = []schema.Offer{schema.OfferStayHome}, &birmingham, nil
		}), 2, 0},
		"a settled home": {woman(func(n *schema.Need) { n.Offers = []schema.Offer{schema.OfferSettle} }), 3, 0},
	}
	for seed := range uint64(12) {
		places := published(network(t, seed))
		for name, c := range needs {
			s := allocator.List(c.need, places, now)
			if got := s.Fits.Len() + s.Check.Len(); got < c.least {
				t.Errorf("seed %d, %s: %d fit, %d to check first, want %d of them", seed, name, s.Fits.Len(), s.Check.Len(), c.least)
			}
			if s.Fits.Len() < c.fit {
				t.Errorf("seed %d, %s: %d fit with nothing to ask, want %d", seed, name, s.Fits.Len(), c.fit)
			}
			t.Logf("seed %d, %s: %d fit, %d to check first, %d do not fit", seed, name, s.Fits.Len(), s.Check.Len(), s.No.Len())
		}
	}
}

// published is the network as the board would show it, confirmed an hour ago.
func published(providers []simulate.Provider) []schema.Place {
	status := map[schema.State]schema.Status{
		schema.Available: schema.StatusAvailable, schema.GettingReady: schema.StatusGettingReady, schema.Taken: schema.StatusTaken, schema.OutOfUseFor: schema.StatusOutOfUse,
	}
	var out []schema.Place
	for _, s := range services(providers) {
		for _, space := range s.Spaces {
			p := schema.Place{Space: space.Space, Service: s.Service, Version: 1}
			p.Space.ID = schema.SpaceID(fmt.Sprintf("space-%04d", len(out)))
			p.Vacancy = schema.Vacancy{Status: status[space.Report.State], From: space.Report.From, Until: space.Report.Until, ConfirmedAt: now.Add(-time.Hour)}
			out = append(out, p)
		}
	}
	return out
}

func TestAreaThatIsNotFoundIsNamed(t *testing.T) {
	t.Parallel()
	gone := errors.New("no such area")
	_, err := simulate.Network(1, now, func(code string) (schema.Area, error) {
		if code == "B44" {
			return schema.Area{}, gone
		}
		return schema.Area{Kind: schema.AreaOutcode, Code: code}, nil
	})
	if !errors.Is(err, gone) || !strings.Contains(err.Error(), "B44") {
		t.Errorf("got %v, want it to name B44", err)
	}
}
