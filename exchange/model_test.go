package exchange_test

import (
	"slices"

	"haven/schema"
)

// model is all that can be said of a few places without a database: what was reported, what is promised, who lives there. It is written from the
// design's words, not from the commands.
type model struct {
	spaces   []*modelSpace
	requests []*modelRequest
	claims   []*modelClaim // in the order made
	tick     int
}

type modelSpace struct {
	rooms    string // one letter a room
	service  int
	state    schema.State
	reported int // tick of the newest report
	id       schema.SpaceID
	ref      string
}

type modelRequest struct {
	state schema.RequestState
	real  schema.Request
	mine  bool         // the worker's; else the neighbour's
	tried map[int]bool // services that were not right for a reason that lasts
}

// modelClaim is a hold, and later the stay that came of it.
type modelClaim struct {
	real                  schema.Hold
	id                    schema.ClaimID
	space                 *modelSpace
	request               *modelRequest
	provided, chosen, out bool
	extensions            int
	state                 schema.HoldState
	end                   string
	arrived               int  // tick of the arrival
	left                  bool // has moved on since
}

func share(a, b string) bool {
	return slices.ContainsFunc([]rune(a), func(r rune) bool { return slices.Contains([]rune(b), r) })
}

func (c *modelClaim) promise() bool   { return c.state == schema.Held || c.state == schema.Agreed }
func (c *modelClaim) occupancy() bool { return c.state == schema.Arrived && !c.left }
func (c *modelClaim) live() bool      { return c.promise() && !c.out }

// on gives what stands on any room of a space.
func (m *model) on(s *modelSpace) (all []*modelClaim) {
	for _, c := range m.claims {
		if (c.promise() || c.occupancy()) && share(c.space.rooms, s.rooms) {
			all = append(all, c)
		}
	}
	return all
}

// expire is what every command does to the spaces it touches.
func (m *model) expire(spaces ...*modelSpace) {
	for _, s := range spaces {
		for _, c := range m.on(s) {
			if c.out && c.state == schema.Held {
				c.finish("expired")
			}
		}
	}
}

func (c *modelClaim) finish(end string) { c.state, c.end = schema.Ended, end }

// touched are the spaces that an act on a hold locks: its own, and those of the request's other promises.
func (m *model) touched(c *modelClaim) []*modelSpace {
	spaces := []*modelSpace{c.space}
	for _, o := range m.claims {
		if o.request == c.request && o.promise() {
			spaces = append(spaces, o.space)
		}
	}
	return spaces
}

func (m *model) status(s *modelSpace) schema.Status {
	held, agreed, since := false, false, -1
	for _, c := range m.on(s) {
		held = held || c.state == schema.Held
		agreed = agreed || c.state == schema.Agreed
		if c.occupancy() {
			since = max(since, c.arrived)
		}
	}
	newer := map[schema.State]bool{}
	for _, o := range m.spaces {
		if o != s && share(o.rooms, s.rooms) && o.reported >= s.reported {
			newer[o.state] = true
		}
	}
	switch {
	case agreed:
		return schema.StatusTaken
	case held:
		return schema.StatusOnHold
	case since >= 0 && (s.state != schema.GettingReady || since >= s.reported), newer[schema.Taken]:
		return schema.StatusTaken
	case newer[schema.OutOfUseFor]:
		return schema.StatusOutOfUse
	}
	return map[schema.State]schema.Status{
		schema.Available: schema.StatusAvailable, schema.GettingReady: schema.StatusGettingReady, schema.OutOfUseFor: schema.StatusOutOfUse,
		schema.Taken: schema.StatusTaken, schema.Closed: schema.StatusTaken,
	}[s.state]
}

// hold gives the code of the refusal, or an earlier hold, or neither for a new one.
func (m *model) hold(r *modelRequest, s *modelSpace) (code string, earlier *modelClaim) {
	// What the request holds elsewhere is met too.
	at := []*modelSpace{s}
	for _, c := range m.claims {
		if c.request == r && (c.state == schema.Held || c.state == schema.Agreed) {
			at = append(at, c.space)
		}
	}
	m.expire(at...)
	if r.state != schema.RequestOpen {
		return "request_ended", nil
	}
	live := 0
	for _, c := range m.claims {
		if c.request != r || !c.live() {
			continue
		}
		if c.space == s {
			return "", c
		}
		if c.state == schema.Agreed {
			return "already_agreed", nil
		}
		live++
	}
	if live == schema.MostLiveHolds {
		return "two_holds", nil
	}
	if free := m.status(s); s.state == schema.Closed || free != schema.StatusAvailable && free != schema.StatusGettingReady {
		return "taken", nil
	}
	if r.tried[s.service] {
		return "does_not_fit", nil
	}
	return "", nil
}

// act on a hold gives the code of the refusal, if it is one.
func (m *model) act(c *modelClaim, what string) string {
	m.expire(m.touched(c)...)
	switch {
	case what == "release" && c.end == "released", what == "arrive" && c.state == schema.Arrived:
		return ""
	case !c.live():
		return "hold_ended"
	}
	switch what {
	case "yes":
		c.provided = true
	case "cannot":
		if c.provided {
			return "answered"
		}
		c.finish("cannot_take")
	case "chosen":
		c.chosen = true
	case "decided":
		c.finish("decided_not")
	case "too far":
		c.finish("decided_not")
		c.request.tried[c.space.service] = true
	case "release":
		c.finish("released")
	case "extend":
		if c.state == schema.Agreed {
			return "agreed"
		}
		if c.extensions == schema.MostExtensions {
			return "extended_enough"
		}
		c.extensions++
	case "arrive":
		return m.arrive(c)
	}
	if c.state == schema.Held && c.provided && c.chosen {
		c.state = schema.Agreed
		m.releaseOthers(c, c.request, "other_agreed")
	}
	return ""
}

func (m *model) arrive(c *modelClaim) string {
	if !c.provided {
		return "not_accepted"
	}
	for _, o := range m.on(c.space) {
		if o.occupancy() {
			return "still_occupied"
		}
	}
	c.state, c.request.state, c.arrived = schema.Arrived, schema.RequestPlaced, m.tick
	m.releaseOthers(c, c.request, "other_agreed")
	return ""
}

func (m *model) releaseOthers(keep *modelClaim, r *modelRequest, end string) {
	for _, o := range m.claims {
		if o != keep && o.request == r && o.live() {
			o.finish(end)
		}
	}
}

func (m *model) unmet(r *modelRequest) string {
	for _, c := range m.claims {
		if c.request == r && c.promise() {
			m.expire(c.space)
		}
	}
	if r.state != schema.RequestOpen {
		return "request_ended"
	}
	r.state = schema.RequestUnmet
	m.releaseOthers(nil, r, "request_ended")
	return ""
}

// against gives the first claim that a report speaks against.
func (m *model) against(s *modelSpace, state schema.State) *modelClaim {
	for _, c := range m.on(s) {
		free := state == schema.Available || state == schema.GettingReady
		switch {
		case c.promise() && !free && !(state == schema.Taken && c.state == schema.Agreed):
			return c
		case c.occupancy() && (state == schema.Available || state == schema.Closed || state == schema.OutOfUseFor):
			return c
		}
	}
	return nil
}

// report gives the claim that stands in its way, if one does that it did not name.
func (m *model) report(s *modelSpace, state schema.State, named schema.ClaimID) *modelClaim {
	for c := m.against(s, state); c != nil; c = m.against(s, state) {
		if c.id != named {
			return c
		}
		if c.occupancy() {
			c.left = true
		} else {
			c.finish("place_gone")
		}
	}
	s.state, s.reported = state, m.tick
	return nil
}
