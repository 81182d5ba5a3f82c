package exchange_test

import (
	"slices"
	"testing"
	"time"

	"haven/allocator"
	"haven/exchange"
	"haven/schema"
)

// A boy of 15 waits, and two services take boys to 12: each manager is told of the own service only, a commissioner of both, a helpline and a council
// of nothing. A household that something free fits is not counted.
func TestOpenings(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	young := 12
	toTwelve := func(s *schema.Service) { s.Takes.BoysTo = &young }
	mine, theirs := w.service(w.manager, toTwelve), w.service(w.rival, toTwelve)
	w.publish(w.manager, mine, available("1"))
	w.publish(w.rival, theirs, available("1"))
	var places []schema.Place
	if err := w.db.AllPlaces(t.Context(), func(p schema.Place) error {
		places = append(places, p)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	w.x.Index().Reset(places)
	boy := w.request(w.worker, func(n *schema.Need) { n.Household.Children = []schema.Child{{Age: 15, Sex: schema.Boy}} })
	done(w.x.Wait(t.Context(), w.worker, boy.ID, true)).must(t, "wait")
	done(w.x.Wait(t.Context(), w.neighbour, w.request(w.neighbour, nil).ID, true)).must(t, "wait")

	for name, c := range map[string]struct {
		actor exchange.Actor
		want  []schema.ServiceID
	}{
		"a commissioner": {w.person(schema.KindCommissioner, schema.RoleCommissioner), []schema.ServiceID{mine.ID, theirs.ID}},
		"a manager":      {w.manager, []schema.ServiceID{mine.ID}},
		"another":        {w.rival, []schema.ServiceID{theirs.ID}},
	} {
		got := done(w.x.Openings(t.Context(), c.actor, time.Now())).must(t, name)
		if got.Waiting != 2 || got.Weighed != 1 || got.Cut {
			t.Errorf("%s: %d wait, %d weighed, cut %v; want 2, 1, false", name, got.Waiting, got.Weighed, got.Cut)
		}
		slices.Sort(c.want)
		if i := slices.IndexFunc(got.Rows, func(o allocator.ProviderOpening) bool { return o.Code == "boys_to_16" }); i < 0 || got.Rows[i].Households != 1 || !slices.Equal(got.Rows[i].Services, c.want) {
			t.Errorf("%s is told %+v, want boys to 16 at %v for 1", name, got.Rows, c.want)
		}
	}
	for name, actor := range map[string]exchange.Actor{"a helpline": w.worker, "a council": w.officer} {
		_, err := w.x.Openings(t.Context(), actor, time.Now())
		refused(t, name, err, "forbidden")
	}
}
