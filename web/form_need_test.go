package web

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

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

// TestSavingWhatIsShownChangesNothing opens a request with every fact there is, by another way than the form, and sends its form back unchanged.
func TestSavingWhatIsShownChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish("1")
	w.follow()
	area := func(name string) schema.Area {
		a, err := w.web.places.Find(name)
		must(t, err)
		return a
	}
	miles, now := 25.5, area("LS1")
	need := schema.Need{
		Household: schema.Household{
			Adults:   []schema.Adult{{As: schema.TransWoman, Age: 41}, {}, {As: schema.Man}},
			Children: []schema.Child{{Age: 11, Sex: schema.Boy}, {Age: 0, Sex: schema.Girl}, {Age: 6, Born: "2020-03-27"}},
			Pregnant: schema.No,
		},
		Offers:          []schema.Offer{schema.OfferTonight, schema.OfferSettle},
		Provisions:      []schema.ProvisionCode{schema.Refuge},
		Avoid:           []schema.Avoid{{Area: area("Bradford")}, {Area: area("Newport, Wales"), MarginMiles: &miles}, {Area: area("B11")}},
		NowIn:           &now,
		Wheelchair:      schema.Yes,
		LimitedMobility: schema.No,
		Recourse:        schema.No,
		Wishes:          []schema.Wish{{Code: schema.WishSelfContained, Tier: schema.Nice}, {Code: schema.WishRegions, Tier: schema.Nice, Areas: []schema.Area{area("Wales"), area("North East")}}},
		Tonight:         schema.Tonight{Sleeps: "nowhere", AbuserPresent: schema.Yes, LeavingNow: schema.No},
		Risk:            schema.Risk{Level: schema.RiskHigh, Source: "checklist", On: "2026-11-20"},
		ShareNeeds:      schema.Yes,
	}
	actor := w.actor(schema.RoleHelpline)
	r, err := w.exchange.OpenRequest(t.Context(), actor, need)
	must(t, err)
	b := w.signedIn(schema.RoleHelpline)
	path := "/requests/" + string(r.ID)
	form := formFields(b.get(path).is(t, 200).body)
	if len(form["adult_as"]) < 4 || len(form["avoid"]) != 3 {
		t.Fatalf("the form was not read: %v", form)
	}
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
	if again.Need.Wheelchair != schema.Unknown || again.Need.Household.Children[2].Born != "2020-03-27" {
		t.Errorf("one answer taken back: %+v", again.Need)
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
