package board

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"haven/exchange"
	"haven/schema"
)

// ledger is the port as the real one keeps it, in memory: places, rows that number before they commit, and a term that lapses.
type ledger struct {
	mu       sync.Mutex
	places   map[schema.SpaceID]schema.Place
	versions map[schema.SpaceID]int64 // of spaces off the board too
	rows     map[int64]exchange.OutboxRow
	next     int64
	term     int64
	holder   string
	until    time.Time
	away     bool
	rebuilds int
}

var errAway = errors.New("the ledger is away")

func newLedger() *ledger {
	return &ledger{
		places: map[schema.SpaceID]schema.Place{}, versions: map[schema.SpaceID]int64{}, rows: map[int64]exchange.OutboxRow{},
	}
}

// put commits a change of a space.
func (l *ledger) put(id string) { l.reserve(id)() }

// reserve takes the number of an outbox row now; what it gives commits it, perhaps long after higher numbers.
func (l *ledger) reserve(id string) (commit func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	number := l.number()
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		space := schema.SpaceID(id)
		l.versions[space]++
		version := l.versions[space]
		l.places[space] = schema.Place{
			Space:   schema.Space{ID: space, Service: "service", Ref: fmt.Sprint("as of ", version)},
			Service: schema.Service{ID: "service", Version: 1}, Version: version,
		}
		l.rows[number] = exchange.OutboxRow{ID: number, Topic: exchange.TopicSpace, Subject: id, Version: version}
	}
}

func (l *ledger) takeOff(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	space, number := schema.SpaceID(id), l.number()
	l.versions[space]++
	delete(l.places, space)
	l.rows[number] = exchange.OutboxRow{ID: number, Topic: exchange.TopicSpace, Subject: id, Version: l.versions[space]}
}

// changeService gives every place new facts of its service without a new version of its own.
func (l *ledger) changeService() {
	l.mu.Lock()
	defer l.mu.Unlock()
	number := l.number()
	for id, p := range l.places {
		p.Service.Version++
		p.Service.CodeName = fmt.Sprint("Service ", p.Service.Version)
		l.places[id] = p
	}
	l.rows[number] = exchange.OutboxRow{ID: number, Topic: exchange.TopicService, Subject: "service", Version: 2}
}

func (l *ledger) tell(topic exchange.Topic, id string, to ...schema.OrganisationID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	number := l.number()
	l.rows[number] = exchange.OutboxRow{ID: number, Topic: topic, Subject: id, Version: 1, To: to}
}

func (l *ledger) number() int64 { l.next++; return l.next }

func (l *ledger) setAway(away bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.away = away
}

// depose lets the term lapse now, as when its holder stood still for three seconds.
func (l *ledger) depose() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.until = time.Time{}
}

func (l *ledger) count() (rows, rebuilds int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.rows), l.rebuilds
}

func (l *ledger) now() map[schema.SpaceID]string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return editions(l.places)
}

// editions tells boards apart: every place by its version and its service's.
func editions(places map[schema.SpaceID]schema.Place) map[schema.SpaceID]string {
	all := make(map[schema.SpaceID]string, len(places))
	for id, p := range places {
		all[id] = fmt.Sprintf("%d of service %d, %s", p.Version, p.Service.Version, p.Space.Ref)
	}
	return all
}

func (l *ledger) HoldTerm(_ context.Context, holder string) (int64, bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.away {
		return 0, false, errAway
	}
	if l.holder != holder && time.Now().Before(l.until) {
		return l.term, false, nil
	}
	if l.holder != holder {
		l.term, l.holder = l.term+1, holder
	}
	l.until = time.Now().Add(lapseAfter)
	return l.term, true, nil
}

func (l *ledger) Unpublished(_ context.Context, n int) ([]exchange.OutboxRow, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.away {
		return nil, errAway
	}
	ids := slices.Sorted(maps.Keys(l.rows))
	var rows []exchange.OutboxRow
	for _, id := range ids[:min(n, len(ids))] {
		rows = append(rows, l.rows[id])
	}
	return rows, nil
}

func (l *ledger) Published(_ context.Context, ids []int64) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.away {
		return errAway
	}
	for _, id := range ids {
		delete(l.rows, id)
	}
	return nil
}

func (l *ledger) Places(_ context.Context, ids []schema.SpaceID) (map[schema.SpaceID]schema.Place, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	found := map[schema.SpaceID]schema.Place{}
	for _, id := range ids {
		if p, ok := l.places[id]; ok {
			found[id] = p
		}
	}
	return found, nil
}

func (l *ledger) SpacesOf(context.Context, []schema.ServiceID) ([]schema.SpaceID, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Sorted(maps.Keys(l.versions)), nil
}

// AllPlaces gives one moment's places without keeping commands out while they are taken in.
func (l *ledger) AllPlaces(_ context.Context, each func(schema.Place) error) error {
	l.mu.Lock()
	l.rebuilds++
	all := slices.Collect(maps.Values(l.places))
	l.mu.Unlock()
	for _, p := range all {
		if err := each(p); err != nil {
			return err
		}
	}
	return nil
}

func (l *ledger) Versions(context.Context) (map[schema.SpaceID]int64, map[schema.SpaceID]bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.away {
		return nil, nil, errAway
	}
	settled, unsettled := map[schema.SpaceID]int64{}, map[schema.SpaceID]bool{}
	for _, row := range l.rows {
		if row.Topic == exchange.TopicSpace {
			unsettled[schema.SpaceID(row.Subject)] = true
		}
	}
	for id, p := range l.places {
		if !unsettled[id] {
			settled[id] = p.Version
		}
	}
	return settled, unsettled, nil
}
