package web

import (
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"haven/allocator"
	"haven/schema"
)

// TestAPISearchAsksNoDatabase: with the ledger closed under it a search answers as before, and a question that does need the ledger does not.
func TestAPISearchAsksNoDatabase(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish("1", "2")
	w.follow()
	// Who asks is known for 5 seconds; the clock stands still so that a slow machine does not outlast it.
	now := time.Now()
	w.web.signed.now = func() time.Time { return now }
	w.do(schema.RoleHelpline, "GET", "/me", "", http.StatusOK)

	must(t, w.db.Close())
	list := into[apiShortlist](t, w.do(schema.RoleHelpline, "POST", "/search", aNeed, http.StatusOK))
	if len(list.Fits) != 2 {
		t.Errorf("%d places fit, want 2", len(list.Fits))
	}
	a := w.do(schema.RoleHelpline, "GET", "/requests", "", http.StatusServiceUnavailable)
	if a.header.Get("Retry-After") == "" {
		t.Error("no Retry-After while the ledger is away")
	}
	if strings.Contains(string(a.body), "sql") {
		t.Errorf("the cause is shown: %s", a.body)
	}
}

// TestAPISearchTellsOnlyWhatIsPublished: not the provider's name for a space, not the areas a service excludes, not where the middle of an area
// lies (S6).
func TestAPISearchTellsOnlyWhatIsPublished(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	excluded, err := w.web.places.Find("LE1")
	must(t, err)
	w.service.ExcludesFrom = []schema.Area{excluded}
	_, err = w.exchange.PutService(t.Context(), shell, w.service, "")
	must(t, err)
	w.publish("Attic room", "Cellar", "Flat=Attic room+Cellar")
	w.follow()
	for _, now := range []string{"LE1", "LE2", "S1"} {
		need := strings.Replace(aNeed, `"avoid"`, `"also":["does_not_fit","every_rule"],"now_in":"`+now+`","avoid"`, 1)
		a := w.do(schema.RoleHelpline, "POST", "/search", need, http.StatusOK)
		list := into[apiShortlist](t, a)
		if n := len(list.Fits) + len(list.CheckFirst) + len(list.DoesNotFit); n != 3 {
			t.Errorf("from %s: %d places are explained, want 3", now, n)
		}
		secrets := []string{"Attic", "Cellar", `"lat"`, `"lon"`, "radius"}
		if now != "LE1" {
			secrets = append(secrets, "LE1")
		}
		for _, secret := range secrets {
			if strings.Contains(string(a.body), secret) {
				t.Errorf("from %s the answer holds %s: %s", now, secret, a.body)
			}
		}
	}
}

// TestAPISearchGivesEveryReason: a place that two facts rule out says both.
func TestAPISearchGivesEveryReason(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish("1")
	w.follow()
	need := `{"household":{"adults":[{"as":"woman"},{"as":"woman"},{"as":"woman"},{"as":"woman"},{"as":"woman"}]},"avoid":[{"area":"CV1"}],"also":["does_not_fit","unmet_reasons"]}`
	list := into[apiShortlist](t, w.do(schema.RoleHelpline, "POST", "/search", need, http.StatusOK))
	if len(list.DoesNotFit) != 1 {
		t.Fatalf("want one place that does not fit: %+v", list)
	}
	against := map[string]bool{}
	for _, f := range list.DoesNotFit[0].Findings {
		if f.Verdict == allocator.Fits {
			t.Errorf("%s says that it fits, and nobody asked", f.Rule)
		}
		if f.Verdict == "does_not_fit" {
			against[f.Unmet] = true
		}
	}
	if !against["area_not_safe"] || !against["no_space_of_size"] || len(list.UnmetReasons) < 2 {
		t.Errorf("reasons %v, put forward %v", against, list.UnmetReasons)
	}
}

// TestAPISearchSaysWhatEveryRuleSays to whoever asks for it, also of a place that fits.
func TestAPISearchSaysWhatEveryRuleSays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish("1")
	w.follow()
	for also, want := range map[string]int{``: 0, `,"also":["every_rule"]`: len(allocator.Rules())} {
		list := into[apiShortlist](t, w.do(schema.RoleHelpline, "POST", "/search", strings.TrimSuffix(aNeed, "}")+also+"}", http.StatusOK))
		if len(list.Fits) != 1 || len(list.Fits[0].Findings) != want {
			t.Errorf("with %s: %+v, want %d findings", also, list.Fits, want)
		}
	}
}

// TestAPISearchGivesAsManyAsAreWanted: every place is counted, and the first of each group are those that a longer list begins with.
func TestAPISearchGivesAsManyAsAreWanted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var refs []string
	for i := range shownToScripts + 3 {
		refs = append(refs, fmt.Sprint(i+1))
	}
	w.publish(refs...)
	w.follow()
	const crowd = `{"household":{"adults":[{"as":"woman"},{"as":"woman"},{"as":"woman"},{"as":"woman"},{"as":"woman"}]},"also":["does_not_fit"]`
	for _, group := range []struct {
		name, need string
		of         func(apiShortlist) ([]apiCandidate, int)
	}{
		{"fits", strings.TrimSuffix(aNeed, "}"), func(s apiShortlist) ([]apiCandidate, int) { return s.Fits, s.Counts.Fits }},
		{"does_not_fit", crowd, func(s apiShortlist) ([]apiCandidate, int) { return s.DoesNotFit, s.Counts.DoesNotFit }},
	} {
		all, _ := group.of(into[apiShortlist](t, w.do(schema.RoleHelpline, "POST", "/search", group.need+`,"limit":500}`, http.StatusOK)))
		if len(all) != len(refs) {
			t.Fatalf("%s: %d places of %d, with room for all", group.name, len(all), len(refs))
		}
		for said, want := range map[string]int{``: shownToScripts, `,"limit":1`: 1, `,"limit":21`: 21, `,"limit":null`: shownToScripts} {
			got, counted := group.of(into[apiShortlist](t, w.do(schema.RoleHelpline, "POST", "/search", group.need+said+`}`, http.StatusOK)))
			if len(got) != want || counted != len(refs) {
				t.Fatalf("%s%s: %d places given and %d counted, want %d and %d", group.name, said, len(got), counted, want, len(refs))
			}
			if !reflect.DeepEqual(each(got, spaceOf), each(all[:want], spaceOf)) {
				t.Errorf("%s%s: these are not the first of the list", group.name, said)
			}
		}
	}
}

func spaceOf(c apiCandidate) schema.SpaceID { return c.Space }

// TestAPISearchRefusesWhatItCannotGive names the field.
func TestAPISearchRefusesWhatItCannotGive(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	need := strings.TrimSuffix(aNeed, "}")
	for said, field := range map[string]string{
		`"limit":0`: "limit", `"limit":-1`: "limit", `"limit":501`: "limit", `"limit":1.5`: "limit", `"limit":"20"`: "limit", `"Limit":20`: "Limit",
		`"also":["all"]`: "also[0]", `"also":["openings","plan"]`: "also[1]", `"also":"openings"`: "also",
	} {
		if p := w.do(schema.RoleHelpline, "POST", "/search", need+","+said+"}", http.StatusUnprocessableEntity).problem(); p.Field != field {
			t.Errorf("%s: the refusal names %q: %s", said, p.Field, p.Detail)
		}
	}
	// A request is not a search: how much of an answer is wanted is no fact of a household.
	if p := w.do(schema.RoleHelpline, "POST", "/requests", need+`,"limit":20}`, http.StatusUnprocessableEntity).problem(); p.Field != "limit" {
		t.Errorf("a request with a limit: %+v", p)
	}
}
