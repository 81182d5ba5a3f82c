package allocator

import (
	"time"

	"haven/schema"
)

// Judge is one rule's verdict, with its words or without.
func (r Rule) Judge(need schema.Need, place schema.Place, now time.Time, quiet bool) Verdict {
	kind, _ := schema.ProvisionOf(place.Service.Provision)
	q := ask(&need, &place, kind, now)
	q.quiet = quiet
	return r.judge(&q).Verdict
}

// PlaceKey and NeedKey are nil where a rule says nothing of what its verdict turns on.
func (r Rule) PlaceKey(p schema.Place) any {
	if r.place == nil {
		return nil
	}
	return r.place(&p)
}

func (r Rule) NeedKey(n schema.Need) any {
	if r.need == nil {
		return nil
	}
	return r.need(&n)
}
