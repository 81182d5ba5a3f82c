package plan

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"haven/allocator"
	"haven/schema"
)

// TestPlanAndListAgreeOnWhatIsScarce: over the same free places a plan keeps back what a list shows last, whoever asks.
func TestPlanAndListAgreeOnWhatIsScarce(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	fact := rapid.SampledFrom([]schema.Fact{schema.Unknown, schema.Yes, schema.No})
	rapid.Check(t, func(t *rapid.T) {
		places := make([]schema.Place, rapid.IntRange(1, 12).Draw(t, "places"))
		for i := range places {
			p := &places[i]
			p.Space.ID = schema.SpaceID(rune('a' + i))
			p.Space.BedSpaces, p.Space.Wheelchair = rapid.IntRange(1, 9).Draw(t, "beds"), fact.Draw(t, "wheelchair")
			p.Service.Provision, p.Service.Reception.AfterHours = schema.Refuge, schema.Yes
			takes := &p.Service.Takes
			takes.Adults = map[schema.Described]schema.Fact{schema.Woman: schema.Yes, schema.Man: fact.Draw(t, "men")}
			takes.Pregnant, takes.CarerVisits, takes.Pets = fact.Draw(t, "pregnant"), fact.Draw(t, "carer visits"), fact.Draw(t, "pets")
			takes.BoysTo = new(rapid.IntRange(8, 17).Draw(t, "boys"))
			p.Vacancy = schema.Vacancy{Status: schema.StatusAvailable, ConfirmedAt: now}
		}
		need := schema.Need{
			Household: schema.Household{Adults: []schema.Adult{{As: schema.Woman}}, Pregnant: fact.Draw(t, "is pregnant")},
			Recourse:  schema.Yes, CarerVisits: fact.Draw(t, "needs visits"), Pets: fact.Draw(t, "has pets"), SaidAt: now,
		}
		o := newOffers(places)
		asked := o.asked(&need)
		for _, a := range allocator.List(need, places, now).Fits.All() {
			for i := range places {
				if places[i].Space.ID == a.Place.Space.ID && int(o.rarest(int32(i), asked)) != a.Scarcity.Step {
					t.Fatalf("the plan puts %s at step %d, the list at %d", a.Place.Space.ID, o.rarest(int32(i), asked), a.Scarcity.Step)
				}
			}
		}
	})
}
