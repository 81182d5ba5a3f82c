package feed

import (
	"hash/maphash"
	"slices"
	"sync"

	"haven/schema"
)

// registry knows the live sessions of this process: one a key, any number an organisation.
type registry struct {
	mu       sync.Mutex
	most     int
	open     int // reserved places, live sessions among them
	draining bool
	empty    chan struct{} // closed when draining and the last place is given back
	byKey    map[schema.KeyID]*session
	byOrg    map[schema.OrganisationID]map[*session]struct{}

	// turns make the openings of one key happen one after the other: the session that the ledger has last is the one that stays here.
	seed  maphash.Seed
	turns [64]sync.Mutex
}

func newRegistry(most int) registry {
	return registry{
		most: most, empty: make(chan struct{}), byKey: map[schema.KeyID]*session{},
		byOrg: map[schema.OrganisationID]map[*session]struct{}{}, seed: maphash.MakeSeed(),
	}
}

// reserve takes a place before the upgrade.
func (r *registry) reserve() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.draining || r.open >= r.most {
		return false
	}
	r.open++
	return true
}

func (r *registry) release() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.open--
	if r.draining && r.open == 0 {
		close(r.empty)
	}
}

// turn serialises the openings of a key.
func (r *registry) turn(key schema.KeyID) *sync.Mutex {
	return &r.turns[maphash.String(r.seed, string(key))%uint64(len(r.turns))]
}

// enter makes s the session of its key and gives the one it takes over from. It is false when the process is draining: the session
// was upgraded too late to be among those drained.
func (r *registry) enter(s *session) (older *session, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.draining {
		return nil, false
	}
	older = r.byKey[s.key.ID]
	r.byKey[s.key.ID] = s
	peers := r.byOrg[s.key.Organisation]
	if peers == nil {
		peers = map[*session]struct{}{}
		r.byOrg[s.key.Organisation] = peers
	}
	peers[s] = struct{}{}
	return older, true
}

func (r *registry) leave(s *session) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.byKey[s.key.ID] == s {
		delete(r.byKey, s.key.ID)
	}
	peers := r.byOrg[s.key.Organisation]
	delete(peers, s)
	if len(peers) == 0 {
		delete(r.byOrg, s.key.Organisation)
	}
}

// of gives the live sessions of some organisations.
func (r *registry) of(organisations []schema.OrganisationID) []*session {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []*session
	for i, o := range organisations {
		if slices.Contains(organisations[:i], o) {
			continue
		}
		for s := range r.byOrg[o] {
			out = append(out, s)
		}
	}
	return out
}

func (r *registry) all() []*session {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []*session
	for _, peers := range r.byOrg {
		for s := range peers {
			out = append(out, s)
		}
	}
	return out
}

func (r *registry) isDraining() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.draining
}

// drain refuses new places from now on; the channel closes when the last is given back.
func (r *registry) drain() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.draining {
		r.draining = true
		if r.open == 0 {
			close(r.empty)
		}
	}
	return r.empty
}
