package web

import (
	"net/http"
	"strings"
	"testing"

	"haven/schema"
)

// Who finds nothing keeps looking with one button, and it is on the waiting list until somebody stops it.
func TestKeepLooking(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.follow()
	b := w.signedIn(schema.RoleHelpline)
	b.get("/waiting").is(t, http.StatusOK).has(t, "Nobody waits.", "Keep looking").hasNot(t, "A suggestion for everybody")
	b.part = "spaces"
	b.post("/find", "facts", "1", "say", "woman girl 4").is(t, http.StatusOK).has(t, `name="then" value="wait"`)
	b.post("/find", "facts", "1", "say", "woman girl 4", "waits", "1").is(t, http.StatusOK).hasNot(t, `name="then" value="wait"`)
	b.part = ""
	saved := b.post("/requests", "facts", "1", "once", "k", "say", "woman girl 4", "then", "wait").is(t, http.StatusSeeOther)
	if !strings.HasSuffix(saved.location, "#waits") || strings.Contains(saved.location, "?") {
		t.Fatalf("sent to %s", saved.location)
	}
	page, _, _ := strings.Cut(saved.location, "#")
	b.get(page).is(t, http.StatusOK).has(t, "Haven keeps looking for this household", `name="waits" value="1"`).hasNot(t, `name="then" value="wait"`)
	b.get("/waiting").has(t, "1 request waits.", "1 adult and 1 child", "Nobody has said where she sleeps tonight", "Nothing yet", "No place that fits has come up yet.", "A suggestion for everybody", "It holds nothing", "No free place fits without something to ask first.")
	b.post(page+"/stop-waiting", "once", "s", "back", "/waiting").is(t, http.StatusSeeOther)
	b.get("/waiting").has(t, "Nobody waits.")
	b.get(page).has(t, `name="then" value="wait"`)
}
