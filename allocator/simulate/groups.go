package simulate

import "haven/schema"

// NeedGroup is one row of the table by need.
type NeedGroup struct {
	Code, Words string
	in          func(*schema.Need) bool
}

// NeedGroups lists whom a report looks at apart. The first is everybody.
func NeedGroups() []NeedGroup {
	risk := func(level schema.RiskLevel) func(*schema.Need) bool {
		return func(n *schema.Need) bool { return n.Risk.Level == level }
	}
	return []NeedGroup{
		{"all", "Everybody", func(*schema.Need) bool { return true }},
		{"wheelchair", "Uses a wheelchair", func(n *schema.Need) bool { return n.Wheelchair == schema.Yes }},
		{"mobility", "Limited mobility", func(n *schema.Need) bool { return n.LimitedMobility == schema.Yes }},
		{"no_recourse", "No recourse to public funds", func(n *schema.Need) bool { return n.Recourse == schema.No }},
		{"three_children", "Three or more children", func(n *schema.Need) bool { return len(n.Household.Children) >= 3 }},
		{"boy_over_14", "A boy over 14", func(n *schema.Need) bool { return boyOver14(n) }},
		{"several_barriers", "Two or more barriers", func(n *schema.Need) bool { return barriers(n) >= 2 }},
		{"no_barrier", "No barrier", func(n *schema.Need) bool { return barriers(n) == 0 }},
		{"risk_standard", "Standard risk", risk(schema.RiskStandard)},
		{"risk_medium", "Medium risk", risk(schema.RiskMedium)},
		{"risk_high", "High risk", risk(schema.RiskHigh)},
	}
}

func groupsOf(n *schema.Need) []bool {
	var out []bool
	for _, g := range NeedGroups() {
		out = append(out, g.in(n))
	}
	return out
}

// barriers are those that No Woman Turned Away names: mental health, substance use, disability, language, no recourse, a large family, a boy over 14.
func barriers(n *schema.Need) int {
	count := 0
	for _, is := range []bool{
		n.Support["mental_health"] == schema.Yes,
		n.Support["alcohol"] == schema.Yes || n.Support["drugs"] == schema.Yes,
		n.Wheelchair == schema.Yes || n.LimitedMobility == schema.Yes || n.Hearing == schema.Yes || n.Sight == schema.Yes,
		n.Language != "",
		n.Recourse == schema.No,
		len(n.Household.Children) >= 3,
		boyOver14(n),
	} {
		if is {
			count++
		}
	}
	return count
}

func boyOver14(n *schema.Need) bool {
	for _, c := range n.Household.Children {
		if c.Sex == schema.Boy && c.Age > 14 {
			return true
		}
	}
	return false
}
