package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"haven/exchange"
	"haven/exchange/feed"
	"haven/notifier/standin"
	"haven/schema"
)

// twoOfEach is two processes of every role on one database and one Redis, and a stand-in that takes their texts.
type twoOfEach struct {
	*world
	texts *standin.Server
}

func newTwoOfEach(t *testing.T) *twoOfEach {
	t.Helper()
	stand, err := standin.New(standin.Config{AccountSID: devAccount, User: devAccount, Password: devTexting})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(stand)
	t.Cleanup(server.Close)
	w := &twoOfEach{plantedWorld(t), stand}
	for _, role := range []string{"web", "exchange", "allocator", "notifier"} {
		for _, n := range []string{" 1", " 2"} {
			w.add(role+n, "TWILIO_ACCOUNT_SID="+devAccount, "TWILIO_AUTH_TOKEN="+devTexting, "TWILIO_FROM=+447700900000", "TWILIO_BASE_URL="+server.URL)
		}
	}
	for _, p := range w.roles {
		p.start(t)
	}
	w.awaitWeb()
	return w
}

// finds says whether a search on a web process shows a space as one that fits.
func (w *world) finds(base string, space schema.SpaceID) (bool, error) {
	a, err := w.send(w.t.Context(), http.MethodPost, base+"/api/v1/search", w.helplines[0], "", herList)
	if err != nil {
		return false, err
	}
	for _, fit := range into[list](w.t, a).Fits {
		if fit.Space == space {
			return true, nil
		}
	}
	return false, nil
}

// TestWhatOneWebProcessDoesTheOtherShows: a hold made on one web process is on the other's search and on its provider's board within a second, and
// a feed that is connected to the first hears of a hold made on the second.
func TestWhatOneWebProcessDoesTheOtherShows(t *testing.T) {
	t.Parallel()
	w := newTwoOfEach(t)
	client := w.feedAt(w.urls[0], w.feedKey)
	spaces := w.free(client, w.service, "1", "2")
	manager := w.account(w.provider, schema.RoleManager)
	for i, ref := range []string{"1", "2"} {
		here, there := w.urls[i], w.urls[1-i]
		eventually(t, 5*time.Second, func() error {
			found, err := w.finds(there, spaces[ref])
			if err == nil && !found {
				err = errors.New("the place that was published is not found")
			}
			return err
		})
		request := w.request(w.helplines[0], aWoman)
		held := into[ackedHold](t, w.do(w.helplines[0], http.MethodPost, here+"/api/v1"+holdsPath(request), holdBody(spaces[ref]), http.StatusCreated))
		eventually(t, time.Second, func() error {
			found, err := w.finds(there, spaces[ref])
			if err == nil && found {
				err = errors.New("the place is still found on the other process")
			}
			return err
		})
		board := w.do(manager, http.MethodGet, there+"/api/v1/spaces", "", http.StatusOK)
		if !strings.Contains(string(board.body), `"hold":"`+string(held.ID)+`"`) {
			t.Errorf("the provider's board on the other process does not show the hold: %s", board.body)
		}
		heard := false
		for !heard {
			select {
			case e := <-client.Holds():
				heard = e.Hold != nil && e.Hold.Hold == held.ID && e.Hold.Ref == ref
			case <-time.After(5 * time.Second):
				t.Fatalf("the feed on web 1 does not hear of the hold made on web %d", i+1)
			}
		}
	}
}

// TestASignInHoldsOnBothWebProcesses: who signs in on one is known on the other, and who signs out on that is signed out on the first within the
// 5 seconds for which it may remember.
func TestASignInHoldsOnBothWebProcesses(t *testing.T) {
	t.Parallel()
	w := newTwoOfEach(t)
	const password = "three odd words together"
	hash, err := exchange.HashPassword(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	helpline := w.organisation(w.exchange, schema.KindHelpline, "Night line")
	if err := putAccount(t.Context(), w.db, &exchange.Account{Organisation: helpline, Role: schema.RoleHelpline, Email: "night@example.org", Name: "Night", PasswordHash: hash}); err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil) // cookies know no port, so both processes get them, as behind one address
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	status := func(method, address string, form url.Values) int {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		res, err := browser.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		io.Copy(io.Discard, res.Body)
		return res.StatusCode
	}
	if got := status(http.MethodGet, w.urls[1]+"/requests", nil); got != http.StatusSeeOther {
		t.Fatalf("nobody is signed in and the page answers %d", got)
	}
	if got := status(http.MethodPost, w.urls[0]+"/sign-in", url.Values{"email": {"night@example.org"}, "password": {password}}); got != http.StatusSeeOther {
		t.Fatalf("signing in answered %d", got)
	}
	for i, base := range w.urls {
		if got := status(http.MethodGet, base+"/requests", nil); got != http.StatusOK {
			t.Errorf("signed in on web 1, web %d answers %d", i+1, got)
		}
	}
	cookie := jar.Cookies(&url.URL{Scheme: "http", Host: "127.0.0.1", Path: "/"})
	if got := status(http.MethodPost, w.urls[1]+"/sign-out", nil); got != http.StatusSeeOther {
		t.Fatalf("signing out answered %d", got)
	}
	jar.SetCookies(&url.URL{Scheme: "http", Host: "127.0.0.1", Path: "/"}, cookie) // a copy that somebody kept
	eventually(t, 7*time.Second, func() error {
		if got := status(http.MethodGet, w.urls[0]+"/requests", nil); got != http.StatusSeeOther {
			return fmt.Errorf("signed out on web 2, web 1 answers %d", got)
		}
		return nil
	})
}

// TestAFeedIsFencedAcrossWebProcesses: a key that connects on one web process ends its session on the other. What the older one still sends has no
// effect, and it is told why.
func TestAFeedIsFencedAcrossWebProcesses(t *testing.T) {
	t.Parallel()
	w := newTwoOfEach(t)
	older := w.feedAt(w.urls[1], w.feedKey)
	spaces := w.free(older, w.service, "1")
	newer := w.feedAt(w.urls[0], w.feedKey)
	_, err := older.Publish(t.Context(), feed.Publish{Service: w.service, Spaces: []feed.Space{{Ref: "1", State: schema.Taken}}})
	if err == nil {
		t.Error("the older session's message was acknowledged")
	}
	select {
	case <-older.Done():
	case <-time.After(patience):
		t.Fatal("the older session goes on")
	}
	var closed *feed.ClosedError
	if !errors.As(older.Err(), &closed) || closed.Code != int(feed.CloseTakenOver) || !closed.Never {
		t.Errorf("the older session ended with %v", older.Err())
	}
	var state string
	if err := w.asOwner().QueryRow(`SELECT state FROM space WHERE id = $1`, string(spaces["1"])).Scan(&state); err != nil || state != string(schema.Available) {
		t.Errorf("the place is %s after what the older session sent, %v", state, err)
	}
	w.free(newer, w.service, "1", "2")
}

// TestTextsAreSentOnceByTwoNotifiers: 20 holds at once on both web processes are 20 texts.
func TestTextsAreSentOnceByTwoNotifiers(t *testing.T) {
	t.Parallel()
	const holds = 20
	w := newTwoOfEach(t)
	var refs []string
	for i := range holds {
		refs = append(refs, fmt.Sprint(i+1))
	}
	spaces := w.free(w.feedAt(w.urls[0], w.feedKey), w.service, refs...)
	var requests []schema.RequestID
	for range holds {
		requests = append(requests, w.request(w.helplines[0], aWoman))
	}
	var all sync.WaitGroup
	for i, request := range requests {
		all.Go(func() {
			a, err := w.send(t.Context(), http.MethodPost, w.urls[i%2]+"/api/v1"+holdsPath(request), w.helplines[0], w.key(), holdBody(spaces[refs[i]]))
			if err != nil || a.status != http.StatusCreated {
				t.Errorf("hold %d: %d %s %v", i, a.status, a.body, err)
			}
		})
	}
	all.Wait()
	db := w.asOwner()
	eventually(t, 20*time.Second, func() error { return everyTextSettled(t.Context(), db, holds) })
	if texts := w.texts.Texts(); len(texts) != holds {
		t.Errorf("%d texts were sent for %d holds", len(texts), holds)
	}
	var known int
	if err := db.QueryRow(`SELECT count(DISTINCT provider_ref) FROM message`).Scan(&known); err != nil || known != holds {
		t.Errorf("the record knows %d texts by the provider's number, want %d: %v", known, holds, err)
	}
}

func everyTextSettled(ctx context.Context, db *sql.DB, want int) error {
	var all, settled int
	if err := db.QueryRowContext(ctx, `SELECT count(*), count(settled_at) FROM message`).Scan(&all, &settled); err != nil {
		return err
	}
	if all != want || settled != want {
		return fmt.Errorf("%d of %d texts are settled, want %d", settled, all, want)
	}
	return nil
}
