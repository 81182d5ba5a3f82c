package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"haven/exchange/feed"
	"haven/schema"
)

// load is what was said and what was acknowledged while parts of Haven were being killed.
type load struct {
	world *world
	acks  atomic.Int64 // of any kind: how the killer knows that work goes on

	mu     sync.Mutex
	holds  map[schema.HoldID]ackedHold // acknowledged to a worker
	seqs   map[int64]bool              // feed numbers acknowledged
	spaces []schema.SpaceID
	faults []string // answers that may not be given
}

type ackedHold struct {
	ID    schema.HoldID  `json:"id"`
	Code  string         `json:"code"`
	Space schema.SpaceID `json:"space"`
	key   string
}

// rooms of the refuge: single rooms 1 to 12, and family units made of 1+2 to 11+12.
const crashRooms = 12

func newLoad(w *world) *load {
	return &load{world: w, holds: map[schema.HoldID]ackedHold{}, seqs: map[int64]bool{}}
}

func (l *load) fault(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.faults = append(l.faults, fmt.Sprintf(format, args...))
}

func everySpace(state schema.State) []feed.Space {
	var all []feed.Space
	four := 4
	for i := 1; i <= crashRooms; i++ {
		all = append(all, feed.Space{Ref: fmt.Sprint(i), BedSpaces: &four, State: state})
		if i%2 == 0 {
			all = append(all, feed.Space{Ref: fmt.Sprintf("F%d", i/2), Rooms: []string{fmt.Sprint(i - 1), fmt.Sprint(i)}, BedSpaces: &four, State: state})
		}
	}
	return all
}

// publish opens with a snapshot, then goes on reporting and confirming until ctx ends. The client sends again what was not acknowledged.
func (l *load) publish(ctx context.Context) error {
	client, err := feed.Dial(ctx, feed.ClientConfig{
		URL: "ws" + l.world.urls[0][len("http"):] + "/feed/v1", Key: l.world.feedKey, Wait: time.Minute, Backoff: 50 * time.Millisecond, MostBackoff: 200 * time.Millisecond,
	})
	if err != nil {
		return err
	}
	defer client.Close()
	ack, err := client.Snapshot(ctx, feed.Snapshot{Service: l.world.service, Spaces: everySpace(schema.Available)})
	if err != nil {
		return err
	}
	l.mu.Lock()
	for _, s := range ack.Spaces {
		l.spaces = append(l.spaces, s.Space)
	}
	l.mu.Unlock()
	l.kept(ack.Seq)
	for ctx.Err() == nil {
		m := feed.Publish{Service: l.world.service, Spaces: []feed.Space{{Ref: fmt.Sprint(1 + rand.IntN(crashRooms)), State: schema.Available}}}
		if rand.IntN(4) == 0 {
			m.Spaces[0].State = schema.Taken
		}
		ack, err := client.Publish(ctx, m)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		l.kept(ack.Seq)
	}
	return nil
}

func (l *load) kept(seq int64) {
	l.mu.Lock()
	l.seqs[seq] = true
	l.mu.Unlock()
	l.acks.Add(1)
}

// work opens requests, holds places and releases them until ctx ends, on whichever web process answers.
func (l *load) work(ctx context.Context, worker int) {
	token := l.world.helplines[worker%len(l.world.helplines)]
	for n := 0; ctx.Err() == nil; n++ {
		key := fmt.Sprintf("w%d-%d", worker, n)
		var request struct{ ID schema.RequestID }
		body := `{"household":{"adults":[{"as":"woman"}]}}`
		if status := l.post(ctx, token, key+"-open", "/api/v1/requests", body, &request); status != http.StatusCreated {
			if ctx.Err() == nil {
				l.fault("opening a request answered %d", status)
			}
			return
		}
		for h := range 2 {
			l.holdOne(ctx, token, fmt.Sprintf("%s-hold%d", key, h), request.ID)
		}
		var ended struct{}
		l.post(ctx, token, key+"-end", "/api/v1/requests/"+string(request.ID)+"/unmet", `{"reasons":["changed_plan"]}`, &ended)
	}
}

func (l *load) holdOne(ctx context.Context, token, key string, request schema.RequestID) {
	l.mu.Lock()
	if len(l.spaces) == 0 {
		l.mu.Unlock()
		return
	}
	space := l.spaces[rand.IntN(len(l.spaces))]
	l.mu.Unlock()
	var held ackedHold
	switch status := l.post(ctx, token, key, "/api/v1/requests/"+string(request)+"/holds", fmt.Sprintf(`{"space":%q}`, space), &held); status {
	case http.StatusCreated, http.StatusOK:
		held.key = key
		l.mu.Lock()
		l.holds[held.ID] = held
		l.mu.Unlock()
		l.acks.Add(1)
	case http.StatusConflict, 0:
	default:
		l.fault("holding a place answered %d", status)
	}
}

// post sends a command until it is answered: a lost connection or a busy answer means it is safe to send again with the same key.
func (l *load) post(ctx context.Context, token, key, path, body string, into any) int {
	for try := 0; ctx.Err() == nil; try++ {
		base := l.world.urls[(len(key)+try)%len(l.world.urls)]
		status, err := postOnce(ctx, base+path, token, key, body, into)
		if err == nil && status != http.StatusServiceUnavailable {
			return status
		}
		pause := time.NewTimer(20 * time.Millisecond)
		select {
		case <-ctx.Done():
		case <-pause.C:
		}
	}
	return 0
}

func postOnce(ctx context.Context, url, token, key, body string, into any) (int, error) {
	once, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(once, http.MethodPost, url, bytes.NewBufferString(body))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Idempotency-Key", key)
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err
	}
	if answer.StatusCode >= 300 {
		return answer.StatusCode, nil
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return 0, errors.New("half an answer")
	}
	return answer.StatusCode, nil
}
