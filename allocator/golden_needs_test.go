package allocator_test

import "haven/schema"

// goldenNeeds are households from the field's own cases, by the name of their file in testdata/golden.
func goldenNeeds() map[string]schema.Need {
	coventry := area(schema.AreaCouncil, "Coventry", 52.408, -1.510, 9)
	const yes, no = schema.Yes, schema.No
	girl := func(age int) schema.Child { return schema.Child{Age: age, Sex: schema.Girl} }
	boy := func(age int) schema.Child { return schema.Child{Age: age, Sex: schema.Boy} }
	// from: she is in an area that is not safe for her.
	from := func(a schema.Area, margin *float64, n schema.Need) schema.Need {
		n.NowIn, n.Avoid = &a, []schema.Avoid{{Area: a, MarginMiles: margin}}
		return n
	}
	woman := func(age int, children ...schema.Child) schema.Need {
		n := aWoman()
		n.Household.Adults[0].Age, n.Household.Children, n.Recourse = age, children, yes
		return n
	}
	needs := map[string]schema.Need{
		"mother_of_five":         from(birmingham, nil, woman(34, boy(14), girl(11), boy(9), girl(6), girl(3))),
		"boy_of_15":              from(leeds, nil, woman(0, boy(15), girl(10))),
		"man_with_daughter":      from(cardiff, nil, woman(38, girl(8))),
		"trans_woman":            from(b11, nil, woman(0)),
		"woman_of_74":            from(cardiff, ptr(5.0), woman(74)),
		"court_ordered_contact":  from(b11, nil, woman(0, girl(6))),
		"newborn":                from(cardiff, nil, woman(27, boy(0), girl(3))),
		"two_sisters":            from(leeds, nil, woman(30)),
		"assistance_dog":         from(b11, nil, woman(0)),
		"in_work":                from(glasgow, nil, woman(0, boy(8))),
		"left_first_refuge":      from(cardiff, nil, woman(0, girl(13))),
		"mental_health":          from(b11, nil, woman(0)),
		"alcohol_and_drugs":      from(coventry, nil, woman(33, boy(3))),
		"young_woman_of_17":      from(glasgow, nil, woman(17)),
		"deaf_woman":             from(leeds, nil, woman(0)),
		"fleeing_her_carer":      from(leeds, ptr(20.0), woman(45)),
		"honour_based":           from(b11, nil, woman(0, girl(12))),
		"stays_home":             woman(0, boy(9)),
		"no_recourse_two":        from(b11, nil, woman(0, girl(7), boy(4))),
		"mother_boy_11_girl_4":   from(b11, nil, woman(0, boy(11), girl(4))),
		"wheelchair_no_recourse": from(leeds, ptr(20.0), woman(0)),
		"two_of_us":              {Household: schema.Household{Adults: []schema.Adult{{}, {}}}, SaidAt: noon},
	}
	also := func(name string, change func(*schema.Need)) {
		n := needs[name]
		change(&n)
		needs[name] = n
	}
	also("man_with_daughter", func(n *schema.Need) { n.Household.Adults[0].As = schema.Man })
	also("trans_woman", func(n *schema.Need) { n.Household.Adults[0].As = schema.TransWoman })
	also("woman_of_74", func(n *schema.Need) { n.LimitedMobility, n.Support = yes, map[string]schema.Fact{"medication": yes} })
	also("court_ordered_contact", func(n *schema.Need) {
		n.Near = []schema.Near{{Area: coventry, WithinMiles: 60, Because: "court_order"}}
	})
	also("two_sisters", func(n *schema.Need) {
		n.Household.Adults = append(n.Household.Adults, schema.Adult{As: schema.Woman, Age: 26, Is: "relative"})
	})
	also("assistance_dog", func(n *schema.Need) { n.AssistanceAnimal, n.Sight = yes, yes })
	also("in_work", func(n *schema.Need) { n.Funding.Works, n.Funding.CanPay = yes, ptr(120) })
	also("left_first_refuge", func(n *schema.Need) {
		n.NowIn = &leeds
		n.Provisions = []schema.ProvisionCode{schema.Refuge, schema.Specialist, schema.Dispersed, schema.OtherEmergency, schema.SecondStage}
		n.MovingOn.FromRelevant = yes
		n.Declined = []schema.Declined{
			{Service: "alder", Space: "alder", By: schema.BySurvivor, Why: "too_near"},
			{Service: "hazel", Space: "hazel", By: schema.ByService, Why: "no_staff"},
			{Service: "damson", Space: "damson", By: schema.BySurvivor, Why: "not_asked"},
		}
	})
	also("mental_health", func(n *schema.Need) { n.Support, n.NightStaff = map[string]schema.Fact{"mental_health": yes}, yes })
	also("alcohol_and_drugs", func(n *schema.Need) { n.Support = map[string]schema.Fact{"alcohol": yes, "drugs": yes} })
	also("young_woman_of_17", func(n *schema.Need) { n.RunFor = map[string]schema.Fact{"young_women": yes} })
	also("deaf_woman", func(n *schema.Need) {
		n.Hearing, n.Language, n.RunFor = yes, "bsl", map[string]schema.Fact{"deaf": yes}
	})
	also("fleeing_her_carer", func(n *schema.Need) {
		n.Wheelchair, n.LimitedMobility, n.Support = yes, yes, map[string]schema.Fact{"personal_care": yes}
	})
	also("honour_based", func(n *schema.Need) {
		n.Harm.People, n.Avoid[0].Person = 3, 1
		n.Avoid = append(n.Avoid, schema.Avoid{Area: leeds, Because: "family", Person: 2})
		n.RunFor = map[string]schema.Fact{"south_asian": no}
	})
	also("stays_home", func(n *schema.Need) {
		n.NowIn, n.Offers = &birmingham, []schema.Offer{schema.OfferStayHome}
		n.Home = schema.Home{SafeToStay: yes, AbuserLivesThere: no, AbuserMayReturn: no, LandlordAgrees: yes, SocialTenant: yes}
	})
	also("no_recourse_two", func(n *schema.Need) { n.Recourse, n.Funding.Route = no, "section_17" })
	also("mother_boy_11_girl_4", func(n *schema.Need) { n.Wishes = []schema.Wish{{Code: schema.WishSelfContained, Tier: schema.Nice}} })
	also("wheelchair_no_recourse", func(n *schema.Need) { n.Wheelchair, n.LimitedMobility, n.Recourse = yes, yes, no })
	return needs
}
