package simulate

import (
	"fmt"
	"slices"
	"strings"
)

// Goal is what the project asks of Haven's order with the plan, and whether this study shows it.
type Goal struct {
	Words string `json:"words"`
	Got   string `json:"got"`
	Met   bool   `json:"met"`
}

// goals are set where both policies that they speak of were run.
func goals(c Comparison, runs []seedRun, policies []Policy) []Goal {
	find := func(code string) int {
		return slices.IndexFunc(policies, func(p Policy) bool { return p.Code == code })
	}
	first, ours := find(FirstCome), find(Planned)
	if first < 0 || ours < 0 {
		return nil
	}
	ceiling := c.Policies[ours].OfCeiling
	several := slices.IndexFunc(NeedGroups(), func(g NeedGroup) bool { return g.Code == "several_barriers" })
	before, after := c.Policies[first].Groups[several].Share, c.Policies[ours].Groups[several].Share
	most := c.Ceiling[several].Share
	var worse []string
	for _, g := range c.Policies[ours].Groups {
		if g.Against.High < 0 || len(runs) == 1 && g.Against.Mean < 0 {
			worse = append(worse, fmt.Sprintf("%s (%+.1f points)", g.Words, 100*g.Against.Mean))
		}
	}
	return []Goal{
		{
			Words: "At least 98% of what the ceiling places",
			Got:   fmt.Sprintf("%s; the ceiling may not be reachable", percent(ceiling)), Met: ceiling.Mean >= 0.98,
		},
		{
			Words: "Two or more barriers: at least twice the share that first come places",
			Got:   fmt.Sprintf("%s, first come %s; were nobody else to come, at most %s", percent(after), percent(before), percent(most)), Met: after.Mean >= 2*before.Mean,
		},
		{
			Words: "No group worse off than under first come",
			Got:   noneOr(worse), Met: len(worse) == 0,
		},
	}
}

func noneOr(worse []string) string {
	if len(worse) == 0 {
		return "no group is, beyond what chance between seeds explains"
	}
	return strings.Join(worse, ", ")
}

func percent(i Interval) string {
	if i.Low == i.High {
		return fmt.Sprintf("%.1f%%", 100*i.Mean)
	}
	return fmt.Sprintf("%.1f%% (%.1f to %.1f)", 100*i.Mean, 100*i.Low, 100*i.High)
}
