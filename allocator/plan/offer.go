package plan

import (
	"math/bits"

	"haven/allocator"
	"haven/schema"
)

// offered is a set of rows of allocator.Rares.
type offered uint64

// offers of all places of a plan, and how rare each is.
type offers struct {
	table []allocator.Rare
	has   []offered // of each place
	step  [64]uint16
}

func newOffers(places []schema.Place) offers {
	o := offers{table: allocator.Rares()}
	var of [64]int
	for i := range places {
		var set offered
		for bit := range o.table {
			if o.table[bit].Offers(&places[i]) {
				set |= 1 << bit
				of[bit]++
			}
		}
		o.has = append(o.has, set)
	}
	for bit, n := range of {
		if n > 0 {
			// 0 where half of the places or more offer it, 1 down to a quarter, and so on: the steps of a shortlist.
			o.step[bit] = uint16(bits.Len(uint(len(places) / (2 * n))))
		}
	}
	return o
}

func (o *offers) asked(need *schema.Need) offered {
	var set offered
	for bit := range o.table {
		if o.table[bit].Asks(need) {
			set |= 1 << bit
		}
	}
	return set
}

// rarest step of what a place offers beyond what was asked for.
func (o *offers) rarest(place int32, asked offered) uint16 {
	var step uint16
	for set := o.has[place] &^ asked; set != 0; set &= set - 1 {
		step = max(step, o.step[bits.TrailingZeros64(uint64(set))])
	}
	return step
}
