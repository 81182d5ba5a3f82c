package web

import (
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"haven/exchange"
	"haven/schema"
)

var (
	tagOf      = regexp.MustCompile(`(?s)<(input|textarea|select|option|/select)\b([^>]*)>([^<]*)`)
	attributes = regexp.MustCompile(`([a-z]+)(?:="([^"]*)")?`)
)

// formFields reads the facts form of a page as a browser would send it.
func formFields(page string) url.Values {
	_, page, _ = strings.Cut(page, `id="facts"`)
	page, _, _ = strings.Cut(page, "</form>")
	form := url.Values{}
	name, chosen, within := "", "", false
	for _, m := range tagOf.FindAllStringSubmatch(page, -1) {
		at := map[string]string{}
		for _, a := range attributes.FindAllStringSubmatch(m[2], -1) {
			at[a[1]] = html.UnescapeString(a[2])
		}
		_, checked := at["checked"]
		_, selected := at["selected"]
		switch m[1] {
		case "select":
			name, chosen, within = at["name"], "", true
		case "/select":
			form.Add(name, chosen)
			within = false
		case "option":
			if within && selected {
				chosen = at["value"]
			}
		case "textarea":
			form.Add(at["name"], html.UnescapeString(m[3]))
		default:
			if kind := at["type"]; kind != "radio" && kind != "checkbox" || checked {
				form.Add(at["name"], at["value"])
			}
		}
	}
	return form
}

// TestTheFormGoesRoundUnchanged: every fact a need can carry is on the form, or kept with it, and comes back from it as it was.
func TestTheFormGoesRoundUnchanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		n := needs(w.web.places).Draw(t, "need").WithDeclined(schema.Declined{Service: "s", Space: "r", By: schema.ByService, Why: "no_staff"})
		var page strings.Builder
		if err := w.web.pages.each["request_console"].ExecuteTemplate(&page, "part_request_facts", consolePage{Form: formOf(n)}); err != nil {
			t.Fatal(err)
		}
		f := readForm(formFields(page.String()), w.web.places)
		again, _ := f.preview(w.web.places, time.Now())
		if len(f.Problems) > 0 {
			t.Fatalf("what was recorded is wrong on the form: %v", f.Problems)
		}
		if !sameNeed(n, again) {
			t.Fatalf("from %+v\n  to %+v", n, again)
		}
	})
}

// TestSavingWhatIsShownChangesNothing opens a request with more facts than the form asks for, by another way than the form, and sends its form
// back: unchanged, and with one answer taken back.
func TestSavingWhatIsShownChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish("1")
	w.follow()
	need := needs(w.web.places).Example(7)
	need.Wheelchair, need.Household.Children = schema.Yes, []schema.Child{{Age: 6, Born: "2020-03-27"}}
	need.Provisions, need.ArriveBy = []schema.ProvisionCode{schema.Refuge}, time.Now().Add(time.Hour).UTC().Truncate(time.Second)
	actor := w.actor(schema.RoleHelpline)
	r, err := w.exchange.OpenRequest(t.Context(), actor, need)
	must(t, err)
	b := w.signedIn(schema.RoleHelpline)
	path := "/requests/" + string(r.ID)
	form := formFields(b.get(path).is(t, 200).body)
	b.do("POST", path, form).is(t, 303)
	again, err := w.exchange.Reader().Request(t.Context(), exchange.Actor{By: actor.By, Organisation: actor.Organisation, Role: actor.Role, Via: exchange.ViaPage}, r.ID)
	must(t, err)
	if again.Version != r.Version {
		t.Errorf("the facts changed:\n from %+v\n   to %+v", r.Need, again.Need)
	}
	form.Set("wheelchair", notAsked)
	b.do("POST", path, form).is(t, 303)
	again, err = w.exchange.Reader().Request(t.Context(), actor, r.ID)
	must(t, err)
	need.Wheelchair = schema.Unknown
	if !sameNeed(again.Need, need) {
		from, _ := json.Marshal(need)
		to, _ := json.Marshal(again.Need)
		t.Errorf("one answer taken back:\n from %s\n   to %s", from, to)
	}
}

// TestWhatWasTriedIsKept: nobody types it, so a form that changes the facts must not lose it.
func TestWhatWasTriedIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	spaces := w.publish("1")
	actor := w.actor(schema.RoleHelpline)
	r, err := w.exchange.OpenRequest(t.Context(), actor, schema.Need{Household: schema.Household{Adults: []schema.Adult{{As: schema.Woman}}}})
	must(t, err)
	h, err := w.exchange.Hold(t.Context(), actor, r.ID, spaces[0])
	must(t, err)
	_, err = w.exchange.Choose(t.Context(), actor, exchange.Answering{Hold: h.ID, Answer: schema.Answer{Reason: "too_near"}})
	must(t, err)
	before, err := w.exchange.Reader().Request(t.Context(), actor, r.ID)
	must(t, err)
	b := w.signedIn(schema.RoleHelpline)
	path := "/requests/" + string(r.ID)
	form := formFields(b.get(path).is(t, 200).body)
	b.do("POST", path, form).is(t, 303)
	form.Set("hearing", "yes")
	b.do("POST", path, form).is(t, 303)
	after, err := w.exchange.Reader().Request(t.Context(), actor, r.ID)
	must(t, err)
	if len(before.Need.Declined) != 1 || !slices.Equal(after.Need.Declined, before.Need.Declined) || after.Need.Hearing != schema.Yes || after.Version != before.Version+1 {
		t.Errorf("from version %d %+v\n  to version %d %+v", before.Version, before.Need, after.Version, after.Need)
	}
}

func TestAreasAreReadALineOrAListAtATime(t *testing.T) {
	t.Parallel()
	g := testPlaces(t)
	for text, want := range map[string]string{
		"Bradford\nLeeds\n\n":           "Bradford|Leeds",
		"Bradford, Leeds,B11":           "Bradford|Leeds|B11",
		"Newport, Wales":                "Newport, Wales",
		"Newport, Wales, Leeds":         "Newport, Wales|Leeds",
		"nowhere at all, Leeds":         "nowhere at all|Leeds",
		"  ":                            "",
		"Bath and North East Somerset ": "Bath and North East Somerset",
	} {
		if got := strings.Join(splitAreas(text, g), "|"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestADayIsReadAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"27 3 2015": "2015-03-27", "27/03/2015": "2015-03-27", "2015-03-27": "2015-03-27", "27 March 2015": "2015-03-27", "31 2 2015": "", "yesterday": "", "": ""} {
		if got, ok := parseDay(text); got != want || ok != (want != "") {
			t.Errorf("%q: %q", text, got)
		}
	}
}
