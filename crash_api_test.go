package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"haven/exchange/feed"
	"haven/schema"
)

// answer is what a web process said.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// problem of an answer: its code and field, or nothing where it is no problem document with the status it was sent under.
func (a answer) problem() (code, field string) {
	var p struct {
		Status              int
		Detail, Code, Field string
	}
	if a.header.Get("Content-Type") != "application/problem+json" || json.Unmarshal(a.body, &p) != nil || p.Status != a.status || p.Detail == "" {
		return "", ""
	}
	return p.Code, p.Field
}

// send one request as it is and read all of its answer.
func (w *world) send(ctx context.Context, method, url, token, key, body string) (answer, error) {
	r, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	res, err := w.http.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, res.Header, raw}, err
}

// do sends a command or a question under a new key, and wants a status. A path that begins with "/" is the first web process's API.
func (w *world) do(token, method, path, body string, status int) answer {
	w.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = w.urls[0] + "/api/v1" + path
	}
	a, err := w.send(w.t.Context(), method, path, token, w.key(), body)
	if err != nil {
		w.t.Fatal(err)
	}
	if a.status != status {
		w.t.Fatalf("%s %s: %d, want %d: %s", method, path, a.status, status, a.body)
	}
	return a
}

func (w *world) key() string { return fmt.Sprintf("key-%d", w.keys.Add(1)) }

func into[T any](t *testing.T, a answer) (body T) {
	t.Helper()
	if err := json.Unmarshal(a.body, &body); err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
	return body
}

// aWoman needs a place for one.
const aWoman = `{"household":{"adults":[{"as":"woman"}]}}`

// herList asks for every place there is for her; no world here has more.
const herList = `{"household":{"adults":[{"as":"woman"}]},"limit":500,"also":["does_not_fit"]}`

func (w *world) request(token, need string) schema.RequestID {
	w.t.Helper()
	return into[struct{ ID schema.RequestID }](w.t, w.do(token, http.MethodPost, "/requests", need, http.StatusCreated)).ID
}

func holdsPath(id schema.RequestID) string { return "/requests/" + string(id) + "/holds" }

func holdBody(space schema.SpaceID) string { return fmt.Sprintf(`{"space":%q}`, space) }

func (w *world) hold(token string, request schema.RequestID, space schema.SpaceID) ackedHold {
	w.t.Helper()
	return into[ackedHold](w.t, w.do(token, http.MethodPost, holdsPath(request), holdBody(space), http.StatusCreated))
}

// feedAt connects a provider's system to a web process.
func (w *world) feedAt(base, key string) *feed.Client {
	w.t.Helper()
	client, err := feed.Dial(w.t.Context(), feed.ClientConfig{
		URL: "ws" + strings.TrimPrefix(base, "http") + "/feed/v1", Key: key, Wait: time.Minute, Backoff: 50 * time.Millisecond, MostBackoff: 200 * time.Millisecond,
		Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(client.Close)
	return client
}

// free makes spaces available over a feed, each for four: a room of its own, or "F=A+B" made of rooms. It gives their ids by ref.
func (w *world) free(client *feed.Client, service schema.ServiceID, specs ...string) map[string]schema.SpaceID {
	w.t.Helper()
	m := feed.Publish{Service: service}
	four := 4
	for _, spec := range specs {
		ref, rooms, unit := strings.Cut(spec, "=")
		space := feed.Space{Ref: ref, BedSpaces: &four, State: schema.Available}
		if unit {
			space.Rooms = strings.Split(rooms, "+")
		}
		m.Spaces = append(m.Spaces, space)
	}
	ack, err := client.Publish(w.t.Context(), m)
	if err != nil {
		w.t.Fatal(err)
	}
	ids := map[string]schema.SpaceID{}
	for _, s := range ack.Spaces {
		if s.Code != "" {
			w.t.Fatalf("%s was not kept: %s", s.Ref, s.Words)
		}
		ids[s.Ref] = s.Space
	}
	return ids
}

// awaitWeb until every web process answers with a list that is current.
func (w *world) awaitWeb() {
	w.t.Helper()
	for _, base := range w.urls {
		eventually(w.t, time.Minute, func() error {
			a, err := w.send(w.t.Context(), http.MethodGet, base+"/readyz", "", "", "")
			if err == nil && a.status != http.StatusOK {
				err = fmt.Errorf("%s answers %d: %s", base, a.status, a.body)
			}
			return err
		})
	}
}
