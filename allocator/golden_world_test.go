package allocator_test

import (
	"time"

	"haven/schema"
)

// goldenWorld is sixteen places known by their code names. Every place starts as described and says what differs. The shortlists in
// testdata/golden were worked out from this file by hand.
func goldenWorld() []schema.Place {
	coventry := area(schema.AreaCouncil, "Coventry", 52.408, -1.510, 9)
	const yes, no, unsaid = schema.Yes, schema.No, schema.Unknown
	return []schema.Place{
		described("alder", schema.Refuge, leeds, 3, 12, func(p *schema.Place) {}),
		described("birch", schema.Dispersed, cardiff, 5, 17, func(p *schema.Place) {
			opensToEverybody(p)
			homeOfTheirOwn(p)
			p.Space.Wheelchair, p.Space.LimitedMobility, p.Space.Hearing, p.Space.Sight = yes, yes, yes, unsaid
			t := &p.Service.Takes
			t.AdultChildren, t.Carers, t.Pets, t.NoRecourse, t.NightStaff, t.WeeklyCost = yes, yes, yes, yes, no, ptr(150)
			t.Support = map[string]schema.Fact{"mental_health": yes, "medication": yes, "personal_care": yes, "alcohol": no, "drugs": no}
			p.Vacancy.ConfirmedAt = noon.Add(-8 * time.Hour)
		}),
		described("cedar", schema.Refuge, glasgow, 3, -1, func(p *schema.Place) {
			// It says that it takes women and children, and of its room that it suits limited mobility; nothing else.
			p.Service.Takes = schema.Takes{Adults: map[schema.Described]schema.Fact{schema.Woman: yes}, Children: yes}
			p.Space = schema.Space{ID: p.Space.ID, BedSpaces: 3, LimitedMobility: yes}
		}),
		described("damson", schema.Refuge, coventry, 4, 14, func(p *schema.Place) { p.Space.Wheelchair, p.Space.LimitedMobility = yes, yes }),
		described("elder", schema.Specialist, cardiff, 2, 5, func(p *schema.Place) {
			t := &p.Service.Takes
			t.AgeFrom, t.AgeTo, t.RunFor, t.OnlyThem = ptr(16), ptr(24), []string{"young_women"}, yes
		}),
		described("fir", schema.Refuge, leeds, 2, 12, func(p *schema.Place) {
			p.Space.Wheelchair, p.Space.LimitedMobility, p.Space.Sight, p.Space.Cots = yes, yes, yes, ptr(0)
			p.Service.Takes.NoRecourse = yes
		}),
		described("gorse", schema.Specialist, glasgow, 3, 12, func(p *schema.Place) {
			p.Space.Hearing = yes
			t := &p.Service.Takes
			t.RunFor, t.OnlyThem, t.Languages = []string{"deaf"}, no, []string{"english", "bsl"}
		}),
		described("hazel", schema.Refuge, leeds, 4, 16, func(p *schema.Place) {
			p.Service.Takes.Pets = unsaid
			p.Vacancy.ConfirmedAt = noon.Add(-20 * time.Hour)
		}),
		described("ivy", schema.Refuge, cardiff, 4, 16, func(p *schema.Place) { p.Vacancy.Status = schema.StatusTaken }),
		described("juniper", schema.SecondStage, cardiff, 4, 16, homeOfTheirOwn),
		described("larch", schema.Refuge, leeds, 4, 16, func(p *schema.Place) {
			p.Service.ExcludesFrom = []schema.Area{birmingham}
			t := &p.Service.Takes
			t.Support["alcohol"], t.Support["drugs"] = yes, yes
			t.NoRecourse, t.Funding = unsaid, nil
		}),
		described("maple", schema.Refuge, cardiff, 7, 16, func(p *schema.Place) {
			p.Space.Cots = ptr(2)
			p.Service.Takes.NoRecourse = yes
			p.Vacancy.Status, p.Vacancy.From = schema.StatusGettingReady, ptr(noon.Add(6*time.Hour))
		}),
		described("nettle", schema.Sanctuary, birmingham, 0, 17, func(p *schema.Place) {
			opensToEverybody(p)
			p.Service.Takes.NoRecourse = yes
			p.Space.SlotAt, p.Space.Slot = ptr(noon.Add(48*time.Hour)), "survey"
		}),
		described("oak", schema.Refuge, leeds, 6, 14, func(p *schema.Place) {
			p.Space.Cots = ptr(2)
			t := &p.Service.Takes
			t.RunFor, t.OnlyThem, t.Languages = []string{"south_asian"}, no, []string{"english", "urdu", "punjabi"}
			t.Funding = map[string]schema.Fact{"section_17": yes, "mvdac": yes}
		}),
		described("pine", schema.SocialTenancy, leeds, 4, 17, func(p *schema.Place) {
			opensToEverybody(p)
			homeOfTheirOwn(p)
			p.Space.Bedrooms = 2
			p.Service.Lets = schema.Lets{Partner: yes, KeepsTenure: yes, BedroomRules: "bedroom_standard", SpareRoom: no}
		}),
		described("rowan", schema.OtherEmergency, glasgow, 3, 17, func(p *schema.Place) {
			opensToEverybody(p)
			homeOfTheirOwn(p)
			p.Space.LimitedMobility, p.Space.Hearing, p.Space.Sight = yes, unsaid, yes
			t := &p.Service.Takes
			t.NightStaff, t.AssistanceAnimal, t.Support, t.WeeklyCost = no, unsaid, nil, nil
		}),
	}
}

// described is a shared room that is free and was confirmed an hour ago, of a service that states what most state.
func described(name string, kind schema.ProvisionCode, where schema.Area, beds, boys int, differs func(*schema.Place)) schema.Place {
	const yes, no = schema.Yes, schema.No
	p := schema.Place{
		Space: schema.Space{
			ID: schema.SpaceID(name), Service: schema.ServiceID(name), BedSpaces: beds, Cots: ptr(1),
			Wheelchair: no, LimitedMobility: no, Hearing: no, Sight: no, SelfContained: no, OwnKitchen: no,
		},
		Service: schema.Service{
			ID: schema.ServiceID(name), CodeName: name, Provision: kind, Area: where, Setting: "city",
			Reception: schema.Reception{From: "00:00", To: "24:00"},
			Takes: schema.Takes{
				Adults:  map[schema.Described]schema.Fact{schema.Woman: yes, schema.TransWoman: yes, schema.Man: no, schema.TransMan: no},
				Couples: no, AdultChildren: no, Children: yes, Pregnant: yes, Carers: no, CarerVisits: yes, AssistanceAnimal: yes, Pets: no,
				Languages: []string{"english"}, Interpreters: yes, NightStaff: yes, ChildrensWorker: yes,
				Support:    map[string]schema.Fact{"mental_health": yes, "medication": yes},
				NoRecourse: no, Funding: map[string]schema.Fact{"section_17": no, "mvdac": no}, WeeklyCost: ptr(100),
			},
		},
		Vacancy: schema.Vacancy{Status: schema.StatusAvailable, ConfirmedAt: noon.Add(-time.Hour)},
		Version: 1,
	}
	if boys >= 0 {
		p.Service.Takes.BoysTo = &boys
	}
	differs(&p)
	return p
}

func opensToEverybody(p *schema.Place) {
	for _, row := range schema.Descriptions() {
		if row.Code != schema.NotSaid {
			p.Service.Takes.Adults[row.Code] = schema.Yes
		}
	}
	p.Service.Takes.Couples = schema.Yes
}

func homeOfTheirOwn(p *schema.Place) {
	p.Space.SelfContained, p.Space.OwnKitchen, p.Space.OwnBathroom = schema.Yes, schema.Yes, schema.Yes
}
