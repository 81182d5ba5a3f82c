package web

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"haven/schema"
)

func (w *world) openRequests() []apiRequestBody {
	w.t.Helper()
	return into[apiRequestList](w.t, w.do(schema.RoleHelpline, "GET", "/requests", "", http.StatusOK)).Requests
}

// TestAPISameCommandTwice: sent again, one at a time or all at once, a command gives the same answer and is done once.
func TestAPISameCommandTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const times = 8
	answers := make([]answer, times)
	var all sync.WaitGroup
	for i := range times {
		all.Go(func() {
			var err error
			if answers[i], err = w.send(w.tokens[schema.RoleHelpline], "POST", "/api/v1/requests", "the-same", aNeed); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	again, err := w.send(w.tokens[schema.RoleHelpline], "POST", "/api/v1/requests", "the-same", aNeed)
	must(t, err)
	for _, a := range append(answers, again) {
		if a.status != http.StatusCreated || !bytes.Equal(a.body, answers[0].body) {
			t.Errorf("%d %s, want %s", a.status, a.body, answers[0].body)
		}
	}
	if n := len(w.openRequests()); n != 1 {
		t.Errorf("%d requests were opened, want 1", n)
	}

	other, err := w.send(w.tokens[schema.RoleHelpline], "POST", "/api/v1/requests", "the-same", strings.Replace(aNeed, "M14", "M15", 1))
	must(t, err)
	if other.status != http.StatusUnprocessableEntity || other.problem().Code != "idempotency_key_reused" {
		t.Errorf("the key with another body: %d %s", other.status, other.body)
	}
	if n := len(w.openRequests()); n != 1 {
		t.Errorf("%d requests after the reused key, want 1", n)
	}
}

// TestAPIRefusalIsKept: what was refused stays refused under its key, even when it could now be done; a new key is a new command.
func TestAPIRefusalIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	space := w.publish("1")[0]
	first, second := w.request(aNeed), w.request(aNeed)
	h := w.hold(first.ID, space)

	token, path, body := w.tokens[schema.RoleHelpline], "/api/v1/requests/"+string(second.ID)+"/holds", fmt.Sprintf(`{"space":%q}`, space)
	for range 2 {
		a, err := w.send(token, "POST", path, "second", body)
		must(t, err)
		if a.status != http.StatusConflict || a.problem().Code != "taken" {
			t.Fatalf("a hold on a place just taken: %d %s", a.status, a.body)
		}
		if h.State == schema.Held {
			h = into[apiHoldBody](t, w.do(schema.RoleHelpline, "POST", "/holds/"+string(h.ID)+"/release", "", http.StatusOK))
		}
	}
	a, err := w.send(token, "POST", path, "third", body)
	must(t, err)
	if a.status != http.StatusCreated {
		t.Errorf("a new command on the free place: %d %s", a.status, a.body)
	}
}

// TestAPICommandsNeedAKey: every row that changes something refuses to without one.
func TestAPICommandsNeedAKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, r := range apiRoutes {
		method, path, _ := strings.Cut(r.pattern, " ")
		if method == "GET" || path == "/api/v1/search" {
			continue
		}
		path = strings.Replace(path, "{id}", unknownID, 1)
		for key, code := range map[string]string{"": "idempotency_key_missing", strings.Repeat("k", 201): "invalid_field", "two words": "invalid_field"} {
			a, err := w.send(w.tokens[r.roles[0]], method, path, key, "{}")
			must(t, err)
			if p := a.problem(); a.status != http.StatusUnprocessableEntity || p.Code != code || p.Field != "Idempotency-Key" {
				t.Errorf("%s with the key %.10q: %d %s", r.pattern, key, a.status, a.body)
			}
		}
	}
}
