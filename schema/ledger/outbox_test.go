package ledger_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger"
	"haven/schema/ledger/ledgertest"
)

func wantTerm(t *testing.T, db *ledger.DB, holder string, wantTerm int64, wantHeld bool) {
	t.Helper()
	term, held, err := db.HoldTerm(t.Context(), holder)
	if err != nil || term != wantTerm || held != wantHeld {
		t.Errorf("HoldTerm(%s) = %d, %v, %v; want %d, %v", holder, term, held, err, wantTerm, wantHeld)
	}
}

func TestTermPassesOnlyWhenItLapsed(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	wantTerm(t, db, "a", 1, true)
	wantTerm(t, db, "b", 1, false)
	wantTerm(t, db, "a", 1, true)
	var left float64
	h.scan(`SELECT extract(epoch FROM until - clock_timestamp()) FROM relay_term`, nil, &left)
	if left <= 2 || left > 3 {
		t.Errorf("the term lapses in %.2f s, want just under 3", left)
	}
	lapse := func() { h.exec(`UPDATE relay_term SET until = clock_timestamp() - interval '1 millisecond'`) }
	lapse()
	wantTerm(t, db, "b", 2, true)
	wantTerm(t, db, "a", 2, false)
	lapse()
	wantTerm(t, db, "b", 2, true) // nobody took it meanwhile, so nobody else wrote under a higher term
	lapse()
	wantTerm(t, db, "a", 3, true)
	if _, _, err := db.HoldTerm(t.Context(), ""); err == nil {
		t.Error("a relay without a name was elected")
	}
}

func TestOneOfManyCandidatesGetsTheTerm(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	for round := range int64(20) {
		h.exec(`UPDATE relay_term SET until = '-infinity'`)
		var (
			all  sync.WaitGroup
			mu   sync.Mutex
			held []int64
		)
		for i := range 8 {
			all.Go(func() {
				term, has, err := db.HoldTerm(t.Context(), fmt.Sprintf("%d/%d", round, i))
				if err != nil {
					t.Error(err)
				}
				if has {
					mu.Lock()
					held = append(held, term)
					mu.Unlock()
				}
			})
		}
		all.Wait()
		if !slices.Equal(held, []int64{round + 1}) {
			t.Fatalf("round %d: terms %v were held, want one, %d", round, held, round+1)
		}
	}
}

func TestUnpublishedFindsARowThatCommittedLate(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	const insert = `INSERT INTO outbox (topic, subject, version, to_ids) VALUES ('hold', $1, 7, CAST($2 AS uuid[]))`
	a, b := newID(), newID()
	late, err := h.db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := late.Exec(insert, "late", "{"+a+","+b+"}"); err != nil {
		t.Fatal(err)
	}
	h.exec(insert, "early", "{}")
	rows, err := db.Unpublished(t.Context(), 10)
	if err != nil || len(rows) != 1 || rows[0].Subject != "early" || rows[0].To != nil {
		t.Fatalf("Unpublished = %+v, %v; want the one that committed", rows, err)
	}
	if err := db.Published(t.Context(), []int64{rows[0].ID}); err != nil {
		t.Fatal(err)
	}
	if err := late.Commit(); err != nil {
		t.Fatal(err)
	}
	again, err := db.Unpublished(t.Context(), 10)
	if err != nil || len(again) != 1 {
		t.Fatalf("Unpublished = %+v, %v; want the late one", again, err)
	}
	got := again[0]
	if got.ID >= rows[0].ID {
		t.Fatalf("the late row has number %d, want one under %d, or this test shows nothing", got.ID, rows[0].ID)
	}
	if got.Subject != "late" || got.Topic != exchange.TopicHold || got.Version != 7 || fmt.Sprint(got.To) != fmt.Sprint([]string{a, b}) {
		t.Errorf("the late row is %+v", got)
	}
	h.exec(insert, "later", "{}")
	if first, err := db.Unpublished(t.Context(), 1); err != nil || len(first) != 1 || first[0].Subject != "late" {
		t.Errorf("Unpublished(1) = %+v, %v; want the oldest", first, err)
	}
}

func TestPlacesAreWhatIsPublished(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	alder := h.service(h.organisation(schema.KindProvider), "Alder")
	h.exec(`UPDATE service SET version = 5`)
	open, held, ready, broken, hidden, closed := h.space(alder, "1"), h.space(alder, "2"), h.space(alder, "3"), h.space(alder, "4"), h.space(alder, "5"), h.space(alder, "6")
	from, until := h.now().Add(2*time.Hour).Truncate(time.Second), h.now().Add(48*time.Hour).Truncate(time.Second)
	h.exec(`UPDATE space SET state = 'getting_ready', from_at = $2 WHERE id = $1`, ready.ID, from)
	h.exec(`UPDATE space SET state = 'out_of_use', until_at = $2, why = 'repair', version = 9 WHERE id = $1`, broken.ID, until)
	h.exec(`UPDATE space SET published = false WHERE id = $1`, hidden.ID)
	h.exec(`UPDATE space SET state = 'closed' WHERE id = $1`, closed.ID)
	helpline := h.actor(h.organisation(schema.KindHelpline), schema.RoleHelpline)
	hold := h.hold(h.request(helpline, nil), alder, held, nil)

	asked := []schema.SpaceID{open.ID, held.ID, ready.ID, broken.ID, hidden.ID, closed.ID, schema.SpaceID(newID())}
	places, err := db.Places(t.Context(), asked)
	if err != nil {
		t.Fatal(err)
	}
	for space, want := range map[schema.SpaceID]schema.Vacancy{
		open.ID: {Status: schema.StatusAvailable}, held.ID: {Status: schema.StatusOnHold, Until: &hold.ExpiresAt},
		ready.ID: {Status: schema.StatusGettingReady, From: &from}, broken.ID: {Status: schema.StatusOutOfUse, Until: &until},
	} {
		got, ok := places[space]
		if !ok {
			t.Fatalf("no place for the space that is %s", want.Status)
		}
		if got.Vacancy.ConfirmedAt.IsZero() {
			t.Errorf("%s: not confirmed", want.Status)
		}
		got.Vacancy.ConfirmedAt = time.Time{}
		if document(got.Vacancy) != document(want) {
			t.Errorf("vacancy %+v, want %+v", got.Vacancy, want)
		}
		if got.Service.Provider != alder.Provider || got.Service.Version != 5 || got.Service.CodeName != "Alder" || got.Space.Service != alder.ID || got.Space.BedSpaces != 3 {
			t.Errorf("place %+v", got)
		}
	}
	if len(places) != 4 || places[broken.ID].Version != 9 {
		t.Errorf("%d places, version %d; want 4 and 9", len(places), places[broken.ID].Version)
	}
	streamed := map[schema.SpaceID]schema.Place{}
	if err := db.AllPlaces(t.Context(), func(p schema.Place) error { streamed[p.Space.ID] = p; return nil }); err != nil {
		t.Fatal(err)
	}
	if document(streamed) != document(places) {
		t.Errorf("AllPlaces gave\n%s, want what Places gave\n%s", document(streamed), document(places))
	}
	spaces, err := db.SpacesOf(t.Context(), []schema.ServiceID{alder.ID})
	if err != nil || len(spaces) != 6 {
		t.Errorf("SpacesOf gave %d, %v; want all 6, for those that went off the board too", len(spaces), err)
	}
}

// The board is larger than a page, and changes entirely while it is read.
func TestAllPlacesIsOneMoment(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	alder := h.service(h.organisation(schema.KindProvider), "Alder")
	const spaces = 5003
	h.exec(`INSERT INTO space (id, service_id, provider_id, ref, facts, state, reported_at, confirmed_at, published, version)
		SELECT gen_random_uuid(), $1, $2, CAST(n AS text), '{}', 'available', clock_timestamp(), clock_timestamp(), true, 1
		FROM generate_series(1, $3) n`, alder.ID, alder.Provider, spaces)
	seen := map[schema.SpaceID]bool{}
	err := db.AllPlaces(t.Context(), func(p schema.Place) error {
		if len(seen) == 0 {
			h.exec(`UPDATE space SET published = false`)
		}
		seen[p.Space.ID] = true
		return nil
	})
	if err != nil || len(seen) != spaces {
		t.Errorf("%d places, %v; want the %d of the moment it began", len(seen), err, spaces)
	}
	h.exec(`UPDATE space SET published = true WHERE ref = '1'`)
	stop := errors.New("stop")
	if err := db.AllPlaces(t.Context(), func(schema.Place) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("AllPlaces = %v, want the callback's error", err)
	}
}

func TestVersionsLeaveOutWhatIsNotPublishedYet(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	provider := h.organisation(schema.KindProvider)
	alder, birch := h.service(provider, "Alder"), h.service(provider, "Birch")
	settled, waiting, gone, hidden, closed := h.space(alder, "1"), h.space(alder, "2"), h.space(alder, "3"), h.space(alder, "4"), h.space(alder, "5")
	ofChanged := h.space(birch, "1")
	h.exec(`UPDATE space SET version = 6 WHERE id = $1`, settled.ID)
	h.exec(`UPDATE space SET published = false WHERE id IN ($1, $2)`, gone.ID, hidden.ID)
	h.exec(`UPDATE space SET state = 'closed' WHERE id = $1`, closed.ID)
	for topic, subject := range map[string]string{"space": string(waiting.ID), "service": string(birch.ID), "hold": newID()} {
		h.exec(`INSERT INTO outbox (topic, subject, version) VALUES ($1, $2, 1)`, topic, subject)
	}
	h.exec(`INSERT INTO outbox (topic, subject, version) VALUES ('space', $1, 1), ('space', $1, 2)`, gone.ID)
	versions, unsettled, err := db.Versions(t.Context())
	if want := map[schema.SpaceID]int64{settled.ID: 6}; err != nil || !maps.Equal(versions, want) {
		t.Errorf("settled %v, %v; want %v", versions, err, want)
	}
	if want := map[schema.SpaceID]bool{waiting.ID: true, gone.ID: true, ofChanged.ID: true}; !maps.Equal(unsettled, want) {
		t.Errorf("unsettled %v, want %v", unsettled, want)
	}
	// Versions works out by itself what is published; the view says the same.
	rows, err := db.Unpublished(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	var done []int64
	for _, row := range rows {
		done = append(done, row.ID)
	}
	if err := db.Published(t.Context(), done); err != nil {
		t.Fatal(err)
	}
	versions, unsettled, err = db.Versions(t.Context())
	if err != nil || len(unsettled) != 0 {
		t.Fatalf("unsettled %v, %v; want none", unsettled, err)
	}
	if err := db.AllPlaces(t.Context(), func(p schema.Place) error {
		if versions[p.Space.ID] != p.Version {
			t.Errorf("a place of version %d counts as version %d", p.Version, versions[p.Space.ID])
		}
		delete(versions, p.Space.ID)
		return nil
	}); err != nil || len(versions) != 0 {
		t.Errorf("%d versions without a place, %v", len(versions), err)
	}
}
