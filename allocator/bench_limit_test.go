package allocator_test

import (
	"math/bits"
	"slices"
	"time"

	"haven/schema"
)

// The limits: the same request against the same stock, answered as fast as it can be by somebody who knows beforehand what will be asked and
// owes nobody a reason.

// bare is a place reduced to what askedMost turns on.
type bare struct {
	free, tonight, woman, children, mobility, pets, own, support, visits, soon, fresh bool

	beds, boys int8
	area       schema.Area
}

func reduced(places []schema.Place) []bare {
	out := make([]bare, len(places))
	for i := range places {
		p := &places[i]
		kind, _ := schema.ProvisionOf(p.Service.Provision)
		t := &p.Service.Takes
		out[i] = bare{
			free: p.Vacancy.Free(), tonight: kind.Offer == schema.OfferTonight, woman: t.Adults[schema.Woman] != schema.No, children: t.Children != schema.No,
			mobility: p.Space.LimitedMobility != schema.No, pets: t.Pets != schema.No, own: p.Space.SelfContained != schema.No,
			support: t.Support["mental_health"] != schema.No, visits: t.CarerVisits != schema.No,
			soon: p.Vacancy.From == nil || p.Vacancy.From.Sub(noon) <= 12*time.Hour, fresh: p.Vacancy.Freshness(noon) != schema.Unconfirmed,
			beds: int8(p.Space.BedSpaces), boys: int8(*t.BoysTo), area: p.Service.Area,
		}
	}
	return out
}

// passes holds a place to the constraints and keeps clear of both areas.
func (p *bare) passes(need *schema.Need) bool {
	return p.free && p.tonight && p.woman && p.children && p.mobility && p.pets && p.own && p.support && p.visits && p.soon && p.beds >= 3 && p.boys >= 13 &&
		clearOf(p.area, need)
}

func clearOf(a schema.Area, need *schema.Need) bool {
	for i := range need.Avoid {
		if schema.DistanceKm(a, need.Avoid[i].Area)+a.RadiusKm <= need.Avoid[i].Area.RadiusKm+need.Avoid[i].MarginKm() {
			return false
		}
	}
	return true
}

// best is a place's number behind its score.
type best struct{ score, place int32 }

// scanned looks at every place, one after the other, and gives the twenty best.
func scanned(places []bare, need *schema.Need) []best {
	var top []best
	for i := range places {
		if places[i].passes(need) {
			top = keep(top, best{score(&places[i]), int32(i)})
		}
	}
	return top
}

func score(p *bare) int32 {
	if p.fresh {
		return 1
	}
	return 0
}

// keep inserts into the twenty best.
func keep(top []best, b best) []best {
	at := len(top)
	for at > 0 && (top[at-1].score < b.score || top[at-1].score == b.score && top[at-1].place > b.place) {
		at--
	}
	if at == 20 {
		return top
	}
	return slices.Insert(top, at, b)[:min(len(top)+1, 20)]
}

// sifted is the same over a column of bits for each constraint, 64 places at a time; distances are taken of what is left.
func sifted(columns [][]uint64, places []bare, need *schema.Need) []best {
	top := make([]best, 0, 21)
	for w := range columns[0] {
		left := ^uint64(0)
		for _, c := range columns {
			left &= c[w]
		}
		for ; left != 0; left &= left - 1 {
			i := w*64 + bits.TrailingZeros64(left)
			if p := &places[i]; clearOf(p.area, need) {
				top = keep(top, best{score(p), int32(i)})
			}
		}
	}
	return top
}

func bitColumns(places []bare) [][]uint64 {
	of := []func(*bare) bool{
		func(p *bare) bool { return p.free }, func(p *bare) bool { return p.tonight }, func(p *bare) bool { return p.woman },
		func(p *bare) bool { return p.children }, func(p *bare) bool { return p.mobility }, func(p *bare) bool { return p.pets },
		func(p *bare) bool { return p.own }, func(p *bare) bool { return p.support }, func(p *bare) bool { return p.visits },
		func(p *bare) bool { return p.soon },
		func(p *bare) bool { return p.beds >= 3 }, func(p *bare) bool { return p.boys >= 13 },
	}
	columns := make([][]uint64, len(of))
	for c := range columns {
		columns[c] = make([]uint64, (len(places)+63)/64)
		for i := range places {
			if of[c](&places[i]) {
				columns[c][i/64] |= 1 << (i % 64)
			}
		}
	}
	return columns
}
