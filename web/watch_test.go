package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"haven/schema"
	"haven/web/live"
)

// watch opens a socket as a page of this browser does.
func (b *browser) watch(path string) *websocket.Conn {
	b.t.Helper()
	conn, res, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(b.url, "http")+path, http.Header{"Cookie": {b.cookie.String()}, "Origin": {b.url}})
	if err != nil {
		b.t.Fatalf("watch %s: %v %v", path, err, res)
	}
	b.t.Cleanup(func() { conn.Close() })
	return conn
}

// next change that a socket shows and want accepts.
func nextChange(t testing.TB, conn *websocket.Conn, want func(live.Change) bool) live.Change {
	t.Helper()
	conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	for {
		_, raw, err := conn.ReadMessage()
		if err != nil {
			t.Fatalf("watch: %v", err)
		}
		var f live.Frame
		must(t, json.Unmarshal(raw, &f))
		for _, c := range f.Changes {
			if want(c) {
				return c
			}
		}
	}
}

func TestAnOpenListHearsOfAHoldAndOfANewSpace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	spaces := w.publish("Room 1", "Room 2")
	w.relay()
	helpline, other := w.signedIn(schema.RoleHelpline), w.signedIn(schema.RoleHousing)
	mine := helpline.post("/requests", "facts", "1", "once", "a", "say", "woman girl 4").is(t, 303)
	conn := helpline.watch(mine.location + "/live")

	other.post("/requests/holds", "facts", "1", "once", "b", "say", "woman", "space", string(spaces[0])).is(t, 303)
	// The space's first publish may still be on its way when the socket opens.
	c := nextChange(t, conn, func(c live.Change) bool { return c.Space == string(spaces[0]) && c.Gone })
	if !strings.Contains(c.HTML, "On hold until") || strings.Contains(c.HTML, "Hold for") {
		t.Errorf("a held space is shown as %+v", c)
	}
	if strings.Contains(c.HTML, "Room 1") {
		t.Error("the provider's own name of the room is shown")
	}
	fresh := w.publish("Room 3")
	c = nextChange(t, conn, func(c live.Change) bool { return c.Space == string(fresh[0]) })
	if c.Gone || c.Group != groupFits || !strings.Contains(c.HTML, "Hold for 30 minutes") {
		t.Errorf("a new space is shown as %+v", c)
	}
	// The list follows the facts on the screen, saved or not.
	must(t, conn.WriteMessage(websocket.TextMessage, []byte("facts=1&say=woman+not+coventry")))
	w.publish("Room 4")
	again := w.publish("Room 5")
	c = nextChange(t, conn, func(c live.Change) bool { return c.Space == string(again[0]) })
	for c.Group != groupNo {
		w.publish("Room 5") // the facts travel beside the changes, not before them
		c = nextChange(t, conn, func(c live.Change) bool { return c.Space == string(again[0]) })
	}
}

func TestAHoldIsToldToItsTwoSidesOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	spaces := w.publish("1")
	w.relay()
	helpline, manager, housing := w.signedIn(schema.RoleHelpline), w.signedIn(schema.RoleManager), w.signedIn(schema.RoleHousing)
	theirs, refuges, others := helpline.watch("/live"), manager.watch("/live"), housing.watch("/live")
	held := helpline.post("/requests/holds", "facts", "1", "once", "b", "say", "woman", "space", string(spaces[0])).is(t, 303)
	_, hold, _ := strings.Cut(held.location, "#hold-")
	isHold := func(c live.Change) bool { return c.Hold == hold }
	nextChange(t, theirs, isHold)
	nextChange(t, refuges, isHold)
	own := housing.post("/requests/holds", "facts", "1", "once", "c", "say", "woman", "space", string(w.publish("2")[0]))
	// The first thing the others hear of is their own.
	c := nextChange(t, others, func(c live.Change) bool { return c.Hold != "" })
	if _, mine, _ := strings.Cut(own.location, "#hold-"); c.Hold != mine {
		t.Errorf("another organisation heard of hold %s", c.Hold)
	}
}

func TestWatchingNeedsARole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, row := range []struct {
		role   schema.Role
		path   string
		status int
	}{
		{schema.RoleCommissioner, "/live", 403}, {schema.RoleManager, "/requests/new/live", 403}, {schema.RoleCommissioner, "/requests/new/live", 403},
	} {
		w.signedIn(row.role).get(row.path).is(t, row.status)
	}
}

// TestTypingMakesNoQuery takes the ledger away: the list still answers, since the match and who is asking are in memory.
func TestTypingMakesNoQuery(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish("1", "2")
	w.follow()
	b := w.signedIn(schema.RoleHelpline)
	b.part = "spaces"
	b.post("/find", "facts", "1", "say", "woman").is(t, 200)
	must(t, w.db.Close())
	b.post("/find", "facts", "1", "request", "0191d3a0-0000-7000-8000-000000000000", "say", "woman girl 4 leeds").is(t, 200).has(t, "Fits (2)", "Girl, 4")
}

func TestAListThatIsNotCurrentSaysSo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.web.board = func() (bool, time.Time) { return false, time.Date(2026, 11, 20, 14, 20, 0, 0, time.UTC) }
	b := w.signedIn(schema.RoleHelpline)
	b.get("/requests/new").has(t, "List from 2:20pm")
	conn := b.watch("/requests/new/live")
	conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	_, raw, err := conn.ReadMessage()
	must(t, err)
	var f live.Frame
	must(t, json.Unmarshal(raw, &f))
	if !strings.HasPrefix(f.State, "List from 2:20pm") {
		t.Errorf("the socket says %q", f.State)
	}
}
