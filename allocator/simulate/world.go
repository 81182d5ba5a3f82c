package simulate

import (
	"fmt"
	"math"
	"time"

	"haven/schema"
)

// Setting is what one simulation is made from. Equal settings give equal worlds.
type Setting struct {
	Params Params
	Seed   uint64
	Start  time.Time
	Days   int
	// Find turns the name of an area into a schema.Area, as the gazetteer does.
	Find func(code string) (schema.Area, error)
}

// World is the supply and demand of a horizon, the same for every policy.
type World struct {
	Setting
	*supply
	hours      int
	households []household
	origins    *origins
	miles      [][]float64 // from each origin to each service
	nearest    [][]int     // services by distance from each origin
	memory
}

// NewWorld makes a world.
func NewWorld(s Setting) (*World, error) {
	if s.Days < 1 || s.Days > MostDays {
		return nil, fmt.Errorf("days is %d: it must be 1 to %d", s.Days, MostDays)
	}
	w := &World{Setting: s, hours: 24 * s.Days}
	var err error
	if w.supply, err = newSupply(s.Params, s.Seed, s.Start, s.Find); err != nil {
		return nil, err
	}
	if w.origins, err = newOrigins(s.Find); err != nil {
		return nil, err
	}
	w.measure()
	var made int
	w.households, made = demand(s.Params, s.Seed, s.Start, w.hours, len(w.places), w.origins)
	w.memory = newMemory(made, w.supply)
	return w, nil
}

// MostDays of one simulation.
const MostDays = 3660

// with gives the same supply and the same people to other values of the free parameters: they change how many come and how they look, not who they are.
func (w *World) with(p Params) *World {
	other := *w
	other.Params = p
	other.households, _ = demand(p, w.Seed, w.Start, w.hours, len(w.places), w.origins)
	return &other
}

func (w *World) measure() {
	at := make([]schema.Area, w.services)
	for place, service := range w.service {
		at[service] = w.places[place].Service.Area
	}
	for _, from := range w.origins.areas {
		miles := make([]float64, len(at))
		for i, to := range at {
			miles[i] = schema.DistanceKm(from, to) / schema.KmPerMile
		}
		w.miles = append(w.miles, miles)
		w.nearest = append(w.nearest, nearestTo(from, at))
	}
}

// time of an hour of the horizon.
func (w *World) time(hour int) time.Time { return w.Start.Add(time.Duration(hour) * time.Hour) }

// distance in miles from where a household flees to a place.
func (w *World) distance(h, place int) float64 {
	return w.miles[w.households[h].origin][w.service[place]]
}

// stay is how long the turn-th household stays in a place, and ready how long it takes to make it ready afterwards, in hours. Both belong to the place and
// its turn, not to who comes, so that no policy, and no hindsight, gains by preferring those who leave soon.
func (w *World) stay(place, turn int) int {
	d := at(w.Seed, "stay", place, turn)
	return int(math.Ceil(24 * d.logNormal(w.Params.StayDays, w.Params.StaySpread)))
}

func (w *World) ready(place, turn int) int {
	return int(math.Ceil(at(w.Seed, "ready", place, turn).exponential(w.Params.ReadyHours)))
}

// firstFree is when a place is free first: on the first day nearly every room is taken, by somebody who has been there for a while.
func (w *World) firstFree(place int) int {
	d := at(w.Seed, "first", place)
	if void := w.Params.ReadyHours / 24; d.chance(void / (void + w.Params.StayDays)) {
		return 0
	}
	return int(24 * d.unit() * d.lengthBiased(w.Params.StayDays, w.Params.StaySpread))
}
