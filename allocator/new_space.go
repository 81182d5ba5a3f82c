package allocator

import (
	"time"

	"haven/schema"
)

// newSpace is a kind of space that could be opened: an ordinary one with what makes it different.
type newSpace struct {
	code, words, many string
	differs           func(*schema.Place)
}

// newSpaces lists the kinds, plainest first: of two that would have met as many, the plainer is named.
func newSpaces() []newSpace {
	return []newSpace{
		{"room", "room for one", "rooms for one", func(p *schema.Place) { p.Space.BedSpaces = 1 }},
		{"family_room", "family room", "family rooms", func(*schema.Place) {}},
		{"large_family_room", "room for a family of six", "rooms for families of six", func(p *schema.Place) { p.Space.BedSpaces, p.Space.Cots = 6, new(2) }},
		{"older_boys", "self-contained flat for a family with older boys", "self-contained flats for families with older boys", flat},
		{"large_flat", "self-contained flat for a family of seven", "self-contained flats for families of seven", func(p *schema.Place) { flat(p); p.Space.BedSpaces, p.Space.Cots = 7, new(2) }},
		{"step_free", "step-free family room", "step-free family rooms", stepFree},
		{"no_recourse", "family room funded for people with no recourse", "family rooms funded for people with no recourse", funded},
		{"step_free_no_recourse", "step-free family room funded for people with no recourse", "step-free family rooms funded for people with no recourse", func(p *schema.Place) { stepFree(p); funded(p) }},
		{"no_recourse_flat", "self-contained flat funded for people with no recourse", "self-contained flats funded for people with no recourse", func(p *schema.Place) { flat(p); funded(p) }},
		{"supported", "room with support at night, for mental health, alcohol and drugs", "rooms with support at night, for mental health, alcohol and drugs", supported},
		{"care", "step-free room where personal care can be given", "step-free rooms where personal care can be given", func(p *schema.Place) {
			stepFree(p)
			p.Service.Takes.Carers, p.Service.Takes.CarerVisits = schema.Yes, schema.Yes
			p.Service.Takes.Support = map[string]schema.Fact{"personal_care": schema.Yes, "medication": schema.Yes, "learning_disability": schema.Yes}
		}},
		{"deaf", "room with alarms that can be seen, and interpreters", "rooms with alarms that can be seen, and interpreters", func(p *schema.Place) { p.Space.Hearing, p.Space.Sight = schema.Yes, schema.Yes }},
		{"animals", "flat where an animal may come", "flats where an animal may come", func(p *schema.Place) {
			flat(p)
			p.Service.Takes.Pets, p.Service.Takes.AssistanceAnimal = schema.Yes, schema.Yes
		}},
		{"everybody", "self-contained flat for people of every description", "self-contained flats for people of every description", func(p *schema.Place) {
			flat(p)
			for _, d := range schema.Descriptions() {
				p.Service.Takes.Adults = with(p.Service.Takes.Adults, d.Code)
			}
			p.Service.Takes.Couples = schema.Yes
		}},
		{"from_16", "room for people of 16 to 24", "rooms for people of 16 to 24", func(p *schema.Place) { p.Service.Takes.AgeFrom, p.Service.Takes.AgeTo = new(16), new(24) }},
	}
}

// place as it would have been published, free and confirmed, at a time: a shared room for four as most refuges have it. What an ordinary refuge
// seldom offers it does not offer, so that a kind that does is needed only where it makes the difference. The shares are in domain figures, the
// ordinary room is an assumption. Few refuges take somebody of 16 or 17 (young_person), so it says that it does not.
func (n newSpace) place(at time.Time) schema.Place {
	const yes, no = schema.Yes, schema.No
	p := schema.Place{
		Space: schema.Space{
			ID: "new", Service: "new", BedSpaces: 4, Cots: new(1), Wheelchair: no, LimitedMobility: no, Hearing: no, Sight: no,
			SelfContained: no, OwnKitchen: no, OwnBathroom: no,
		},
		Service: schema.Service{
			ID: "new", Provision: schema.Refuge, Reception: schema.Reception{From: "00:00", To: "24:00"},
			Takes: schema.Takes{
				Adults:  map[schema.Described]schema.Fact{schema.Woman: yes, schema.TransWoman: yes, schema.Man: no, schema.TransMan: no, schema.NonBinary: no},
				AgeFrom: new(adult), Couples: no, AdultChildren: no, Children: yes, BoysTo: new(14), Pregnant: yes,
				Carers: no, CarerVisits: no, AssistanceAnimal: no, Pets: no, Interpreters: yes, NightStaff: no, ChildrensWorker: yes,
				Support:    map[string]schema.Fact{},
				NoRecourse: no, Funding: map[string]schema.Fact{}, WeeklyCost: new(0),
			},
		},
		Vacancy: schema.Vacancy{Status: schema.StatusAvailable, ConfirmedAt: at},
	}
	for _, s := range schema.SupportNeeds {
		p.Service.Takes.Support[s.Code] = no
	}
	for _, f := range schema.FundingRoutes {
		p.Service.Takes.Funding[f.Code] = no
	}
	n.differs(&p)
	return p
}

func flat(p *schema.Place) {
	p.Service.Provision = schema.Dispersed
	p.Space.SelfContained, p.Space.OwnKitchen, p.Space.OwnBathroom = schema.Yes, schema.Yes, schema.Yes
	p.Service.Takes.BoysTo, p.Service.Takes.AdultChildren = new(noBoysLimit), schema.Yes
}

func stepFree(p *schema.Place) { p.Space.Wheelchair, p.Space.LimitedMobility = schema.Yes, schema.Yes }

func funded(p *schema.Place) { p.Service.Takes.NoRecourse = schema.Yes }

func supported(p *schema.Place) {
	p.Service.Takes.NightStaff = schema.Yes
	for _, s := range []string{"mental_health", "alcohol", "drugs", "medication"} {
		p.Service.Takes.Support[s] = schema.Yes
	}
}
