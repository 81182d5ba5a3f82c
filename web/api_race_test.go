package web

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"haven/schema"
)

const racers = 64

// TestAPIRaceForOnePlace: of 64 households that ask for one place at one instant, one gets it and the others hear that it is taken (S1).
func TestAPIRaceForOnePlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	space := w.publish("1")[0]
	requests := w.requests(racers)
	for round := range 3 {
		won := w.race(requests, fmt.Sprint("one-", round), func(int) schema.SpaceID { return space })
		if len(won) != 1 {
			t.Fatalf("round %d: %d households have the place", round, len(won))
		}
		w.release(won)
	}
}

// TestAPIRaceForOverlappingUnits: two rooms and the family unit made of both. Every room ends with exactly one household: the unit's, or one
// each.
func TestAPIRaceForOverlappingUnits(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	spaces := w.publish("A", "B", "F=A+B")
	rooms := map[schema.SpaceID]string{spaces[0]: "A", spaces[1]: "B", spaces[2]: "AB"}
	requests := w.requests(racers)
	for round := range 6 {
		// Who comes first differs by round, so that the unit wins some and the rooms win some.
		won := w.race(requests, fmt.Sprint("unit-", round), func(i int) schema.SpaceID { return spaces[(i+round)%len(spaces)] })
		households := map[rune]int{}
		for _, h := range won {
			for _, room := range rooms[h.Space] {
				households[room]++
			}
		}
		if households['A'] != 1 || households['B'] != 1 {
			t.Fatalf("round %d: households by room %v, want one each", round, households)
		}
		w.release(won)
	}
}

func (w *world) requests(n int) []schema.RequestID {
	w.t.Helper()
	ids := make([]schema.RequestID, n)
	for i := range ids {
		ids[i] = w.request(aNeed).ID
	}
	return ids
}

// race has every request ask for its space at once, and gives the holds that were made. Whoever lost must hear "taken" and nothing else.
func (w *world) race(requests []schema.RequestID, name string, space func(int) schema.SpaceID) []apiHoldBody {
	w.t.Helper()
	answers, start := make([]answer, len(requests)), make(chan struct{})
	var all sync.WaitGroup
	for i, id := range requests {
		all.Go(func() {
			<-start
			var err error
			path, body := "/api/v1/requests/"+string(id)+"/holds", fmt.Sprintf(`{"space":%q}`, space(i))
			if answers[i], err = w.send(w.tokens[schema.RoleHelpline], "POST", path, fmt.Sprintf("%s-%d", name, i), body); err != nil {
				w.t.Error(err)
			}
		})
	}
	close(start)
	all.Wait()
	var won []apiHoldBody
	for _, a := range answers {
		switch {
		case a.status == http.StatusCreated:
			won = append(won, into[apiHoldBody](w.t, a))
		case a.status != http.StatusConflict || a.problem().Code != "taken":
			w.t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	return won
}

func (w *world) release(holds []apiHoldBody) {
	w.t.Helper()
	for _, h := range holds {
		w.do(schema.RoleHelpline, "POST", "/holds/"+string(h.ID)+"/release", "", http.StatusOK)
	}
}
