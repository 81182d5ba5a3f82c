package web

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"haven/allocator"
	"haven/schema"
)

// firstShown is how many rows of a group are shown, and how many more each time somebody asks.
const firstShown = 20

// spacesView is the list: every free place of the kinds sought in exactly one group with all its reasons.
type spacesView struct {
	// Started: something was said, so there is a list at all.
	Started bool
	Known   []string // what we know, as chips
	Unused  []string
	Groups  []spaceGroup
	Summary string
	// Checked says how many places stand behind the list.
	Checked string
	At      string
	Lost    *lostHold
	Ladder  *ladder
	// Ask is what to ask next, two lines at most.
	Ask     []string
	Request string // id; empty while nothing is saved
	Once    string
	// Assumed: nobody was named yet, so one adult is assumed.
	Assumed bool
	// Agreed: the household has a place, so the list has no buttons to hold another.
	Agreed bool
	// KeepLooking can be asked for: no place is agreed, and Haven does not do it already.
	KeepLooking bool
	Problem     string
}

type spaceGroup struct {
	Code, Heading, Help string
	Class               string
	Count               int
	Rows                []spaceRow
	// More is the value of the button that shows more; empty when all are shown.
	More, MoreWords string
}

// lostHold is the answer where somebody else was first: in the list, with what is like it.
type lostHold struct {
	Words   string
	Similar []spaceRow
}

// ladder is what to do while no space fits all of it, in order.
type ladder struct {
	// Changes are single changes that would open places, what opens most first.
	Changes            []openingRow
	Check, Unconfirmed int
	ReadyLater         int
	KeepLooking        bool
	// Alone is a 16 or 17 year old without an adult.
	Alone bool
}

// spaces makes the list. It matches in memory only (no query): whoever calls it has read what it needs before.
// What the request itself holds is left out, since the list may not have heard of it yet.
func (v *visit) spaces(need schema.Need, request schema.RequestID, show string, holds holdsPanel) (spacesView, error) {
	list, err := v.web.exchange.Search(v.actor(), need, v.now)
	if err != nil {
		return spacesView{}, err
	}
	held := holds.spaces()
	for _, group := range []*allocator.Group{&list.Fits, &list.Check, &list.Unconfirmed, &list.No} {
		*group = group.Without(held...)
	}
	s := spacesView{Started: true, Known: knownWords(need), At: clock(v.now), Request: string(request), Once: newOnce(), Agreed: holds.Agreed, KeepLooking: !holds.Agreed && !holds.Waits}
	action := holdAction(request, holds.Agreed)
	for _, g := range []struct {
		code, heading, help, class string
		from                       allocator.Group
	}{
		{groupFits, "Fits", "", "", list.Fits},
		{groupCheck, "Check first", "Something is not known. Ask the service before you offer it.", " haven-space--check", list.Check},
		{groupUnconfirmed, "Not confirmed today", "Nothing rules these out, but nobody has confirmed them lately. Call before you offer one.", " haven-space--check", list.Unconfirmed},
		{groupNo, "Does not fit", "Free, but ruled out. Every reason is given.", " haven-space--no", list.No},
	} {
		s.Groups = append(s.Groups, groupView(g.code, g.heading, g.help, g.class, g.from, action, show, v.now))
	}
	s.Summary = summary(list)
	s.Checked = fmt.Sprintf("%d places looked at: %d not free, %d of a kind not looked for.", list.Total, list.NotFree, list.NotSought)
	if !holds.Agreed { // nobody is asked further
		s.Ask = askWords(v.web.exchange.Index().AskNext(need, v.now), need)
	}
	if list.Fits.Len() == 0 {
		s.Ladder = &ladder{Changes: changesOf(v.web.exchange.Index().OneChange(need, v.now)), Check: list.Check.Len(), Unconfirmed: list.Unconfirmed.Len(),
			ReadyLater: list.No.OnlyFor("ready"), KeepLooking: s.KeepLooking, Alone: need.Household.Alone16or17()}
	}
	return s, nil
}

// holdAction is where a space is held; nowhere for a household whose place is agreed.
func holdAction(request schema.RequestID, agreed bool) string {
	switch {
	case agreed:
		return ""
	case request == "":
		return "/requests/holds"
	}
	return "/requests/" + string(request) + "/holds"
}

func groupView(code, heading, help, class string, from allocator.Group, action, show string, now time.Time) spaceGroup {
	g := spaceGroup{Code: code, Heading: heading, Help: help, Class: class, Count: from.Len()}
	shown := firstShown
	if group, n, ok := strings.Cut(show, "-"); ok && group == code {
		if asked, err := strconv.Atoi(n); err == nil && asked > 0 {
			shown = asked
		}
	}
	for _, a := range from.Top(shown) {
		g.Rows = append(g.Rows, rowOf(a, code, action, now))
	}
	if left := from.Len() - len(g.Rows); left > 0 {
		g.More = code + "-" + strconv.Itoa(shown+firstShown)
		g.MoreWords = fmt.Sprintf("Show %d more", min(left, firstShown))
	}
	return g
}

func summary(s allocator.Shortlist) string {
	fits := plural(s.Fits.Len(), "space fits", "spaces fit")
	if s.Fits.Len() == 0 {
		fits = "No space fits all of this yet"
	}
	var rest []string
	if n := s.Check.Len(); n > 0 {
		rest = append(rest, fmt.Sprintf("%d need checking", n))
	}
	if n := s.Unconfirmed.Len(); n > 0 {
		rest = append(rest, fmt.Sprintf("%d not confirmed today", n))
	}
	if len(rest) == 0 {
		return fits + "."
	}
	return fits + ", " + strings.Join(rest, ", ") + "."
}

// similar gives the two places a worker is offered where another was first: the top of the list, the same kind first.
func similar(s spacesView, lost schema.Place) []spaceRow {
	kind := provisionWords(lost.Service.Provision)
	var same, other []spaceRow
	for _, g := range s.Groups[:2] {
		for _, r := range g.Rows {
			switch {
			case r.ID == string(lost.Space.ID):
			case r.Provision == kind:
				same = append(same, r)
			default:
				other = append(other, r)
			}
		}
	}
	all := append(same, other...)
	return all[:min(2, len(all))]
}
