package simulate

import (
	"math"
	"time"

	"haven/schema"
)

// household that looks for somewhere to go. Its needs are kept twice: as they were said, and as they are.
type household struct {
	number      int // the same household keeps it in a world of more demand
	at, until   int // hours from the start: it begins to look, it stops
	origin      int // where it flees from
	said, truth schema.Need
	direct      bool // rings services without a list of what is free
	inBB        bool // a council puts it in bed and breakfast meanwhile
	// What it would say no to, once offered. Nobody knows before, not even from its wishes.
	tooNear, tooFar float64 // miles
	ownHomeOnly     bool
	unasked         bool   // nobody asks where it would go, until it has said no to a place
	groups          []bool // by NeedGroups
}

// mostHouseholds for each space in a year that a world can have. All are made; each comes or stays away by its own mark.
const mostHouseholds = 12.0

// demand makes the households of a horizon, and says how many numbers it gave out. Each is made from its own number, so that more demand keeps the same
// households and adds others.
func demand(p Params, seed uint64, start time.Time, hours, spaces int, from *origins) (come []household, made int) {
	perHour := mostHouseholds * float64(spaces) / (365 * 24)
	d := at(seed, "arrivals")
	for n, t := 0, 0.0; ; n++ {
		t += d.exponential(1 / perHour)
		mark := d.unit()
		if t >= float64(hours) {
			return come, n
		}
		wanted := p.HouseholdsPerSpace / mostHouseholds
		if start.Add(time.Duration(t)*time.Hour).Month() == time.December {
			wanted *= p.December
		}
		if mark < wanted {
			h := newHousehold(p, at(seed, "household", n), start, int(t), from)
			h.number = n
			come = append(come, h)
		}
	}
}

func newHousehold(p Params, d *dice, start time.Time, hour int, from *origins) household {
	h := household{at: hour, origin: d.below(len(from.areas))}
	n := &h.truth
	people(d, p, n)
	needs(d, p, n, start.Add(time.Duration(hour)*time.Hour))
	areas(d, p, n, h.origin, from)
	h.direct, h.unasked = d.chance(p.Direct), d.chance(p.Unasked)
	family := n.Household.FamilyForBB()
	h.inBB = d.chance(p.BedAndBreakfast) && family
	looks := d.exponential(p.LooksDays)
	if stay := math.Min(d.exponential(p.StaysInBB), 42); h.inBB {
		looks = stay
	}
	tonight(d, p, n, h.inBB)
	h.until = hour + 1 + int(24*looks)
	h.tooNear, h.tooFar = d.around(p.TooNear, 0.7), math.Inf(1)
	reach, ties := math.Max(d.around(p.Reach, 0.6), h.tooNear+20), d.chance(p.Caring)
	if ties {
		h.tooFar = reach
	}
	h.ownHomeOnly = d.chance(p.OnlyOwnHome)
	wishes(d, n, ties, h.ownHomeOnly)
	h.said = *n
	leaveOut(d, p, &h.said)
	h.groups = groupsOf(n)
	return h
}

func people(d *dice, p Params, n *schema.Need) {
	adult := schema.Adult{As: schema.Woman, Age: 18 + int(math.Min(d.exponential(17), 70))}
	switch x := d.unit(); {
	case x < p.ManAsks:
		adult.As = schema.Man
	case x < p.ManAsks+p.TransAsks:
		adult.As = schema.TransWoman
	}
	if d.chance(p.Young) {
		adult.Age = 16 + d.below(2)
	}
	n.Household.Adults = []schema.Adult{adult}
	for more := d.chance(p.Children); more && len(n.Household.Children) < 8; more = d.chance(p.OneMore) {
		c := schema.Child{Age: d.below(5), Sex: schema.Girl}
		if !d.chance(p.UnderFive) {
			c.Age = 5 + d.below(13)
		}
		if d.oneIn(2) {
			c.Sex = schema.Boy
		}
		n.Household.Children = append(n.Household.Children, c)
	}
	if adult.As == schema.Woman && d.chance(p.Pregnant) {
		n.Household.Pregnant = schema.Yes
	}
}

func needs(d *dice, p Params, n *schema.Need, now time.Time) {
	n.Recourse = schema.Yes
	if d.chance(p.NoRecourse) {
		n.Recourse = schema.No
		n.Funding.Route = "mvdac"
		if len(n.Household.Children) > 0 {
			n.Funding.Route = "section_17"
		} else {
			n.Funding.ConcessionEnds = now.AddDate(0, 0, 80).Format(time.DateOnly)
		}
	}
	yes := func(f *schema.Fact, of float64) {
		if d.chance(of) {
			*f = schema.Yes
		}
	}
	yes(&n.Wheelchair, p.Wheelchair)
	if n.Wheelchair != schema.Yes {
		yes(&n.LimitedMobility, p.Mobility)
	}
	yes(&n.Hearing, p.Hearing)
	yes(&n.Sight, p.Hearing)
	yes(&n.Pets, p.Pet)
	n.Support = map[string]schema.Fact{}
	for _, row := range []struct {
		code string
		of   float64
	}{{"mental_health", p.MentalHealth}, {"alcohol", p.Alcohol}, {"drugs", p.Drugs}} {
		if d.chance(row.of) {
			n.Support[row.code] = schema.Yes
		}
	}
	if d.chance(p.OtherLanguage) {
		n.Language = schema.Languages[2+d.below(len(schema.Languages)-2)].Code
	}
	if d.chance(p.InWork) && n.Recourse == schema.Yes {
		pays := int(math.Min(d.around(p.CanPay, 0.6), 1500))
		n.Funding.Works, n.Funding.CanPay = schema.Yes, &pays
	}
	n.RunFor = map[string]schema.Fact{}
	for _, g := range schema.Groups {
		n.RunFor[g.Code] = schema.No
	}
	for _, code := range []string{"black_minoritised", "lgbt"} {
		if d.chance(p.RunFor) {
			n.RunFor[code] = schema.Yes
		}
	}
	if n.Hearing == schema.Yes {
		n.RunFor["deaf"] = schema.Yes
	}
	if n.Household.Adults[0].Age < 25 && d.oneIn(2) {
		n.RunFor["young_women"] = schema.Yes
	}
	n.Risk.Level = schema.RiskStandard
	switch x := d.unit(); {
	case x < p.RiskHigh:
		n.Risk.Level = schema.RiskHigh
	case x < p.RiskHigh+p.RiskMedium:
		n.Risk.Level = schema.RiskMedium
	}
	n.Risk.Source, n.Risk.On = "checklist", now.Format(time.DateOnly)
}

// tonight is what makes it urgent. It never changes what fits.
func tonight(d *dice, p Params, n *schema.Need, inBB bool) {
	x := d.unit()
	switch {
	case inBB:
		n.Tonight.Sleeps = "bed_and_breakfast"
	case x < p.SleepsWithAbuser:
		n.Tonight.Sleeps = "with_abuser"
	case x < p.SleepsWithAbuser+p.SleepsNowhere:
		n.Tonight.Sleeps = "nowhere"
	default:
		n.Tonight.Sleeps = "friends"
	}
}

// areas: the council she flees from, and for some another nearby where the person causing harm has family or work.
func areas(d *dice, p Params, n *schema.Need, origin int, from *origins) {
	own := from.areas[origin]
	n.NowIn = &own
	n.Avoid = []schema.Avoid{{Area: own, Because: "home"}}
	second := from.around[origin][d.below(len(from.around[origin]))]
	if several := d.chance(p.Several); d.chance(p.SecondArea) || several {
		n.Avoid = append(n.Avoid, schema.Avoid{Area: from.areas[second], Because: "family"})
		if several {
			n.Harm.People = 2
			n.Avoid[0].Person, n.Avoid[1].Person = 1, 2
		}
	}
	if d.chance(p.Contact) {
		n.Near = []schema.Near{{Area: own, WithinMiles: 90, Because: "court_order"}}
	}
}

// wishes say a little of what she would choose by; see household.tooNear for what they do not say.
func wishes(d *dice, n *schema.Need, ties, ownHomeOnly bool) {
	switch near := d.chance(0.6); {
	case ties && near:
		n.Wishes = append(n.Wishes, schema.Wish{Code: schema.WishNear, Tier: schema.Strong})
	case !ties && !near:
		n.Wishes = append(n.Wishes, schema.Wish{Code: schema.WishFar, Tier: schema.Nice})
	}
	if said := d.chance(0.7); ownHomeOnly && said {
		n.Wishes = append(n.Wishes, schema.Wish{Code: schema.WishSelfContained, Tier: schema.Strong})
	}
}

// leaveOut is what nobody asked, or she did not say, before a service asked. Who comes, and what can be seen, is always said.
func leaveOut(d *dice, p Params, n *schema.Need) {
	for _, f := range []*schema.Fact{&n.Recourse, &n.Pets, &n.Household.Pregnant, &n.LimitedMobility, &n.Funding.Works} {
		if d.chance(p.Unsaid) {
			*f = schema.Unknown
		}
	}
	support := n.Support
	n.Support = map[string]schema.Fact{}
	for _, row := range schema.SupportNeeds {
		if f, ok := support[row.Code]; ok && !d.chance(p.Unsaid) {
			n.Support[row.Code] = f
		}
	}
	if n.Recourse != schema.No {
		n.Funding.Route, n.Funding.ConcessionEnds = "", ""
	}
	if n.Funding.Works != schema.Yes {
		n.Funding.CanPay = nil
	}
	if d.chance(p.Unsaid) {
		n.Near = nil
	}
}
