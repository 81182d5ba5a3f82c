package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"haven/allocator"
	"haven/schema"
)

// TestAPIJourney is the main job over the API: search, request, hold, both answers, arrival; and what each side sees on the way.
func TestAPIJourney(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	spaces := w.publish("Attic room")
	w.follow()

	list := into[apiShortlist](t, w.do(schema.RoleHelpline, "POST", "/search", strings.TrimSuffix(aNeed, "}")+`,"also":["every_rule"]}`, http.StatusOK))
	if len(list.Fits) != 1 || list.Fits[0].Space != spaces[0] || list.Total != 1 {
		t.Fatalf("the one place does not fit: %+v", list)
	}
	if rules := allocator.Rules(); len(list.Fits[0].Findings) != len(rules) {
		t.Errorf("%d findings, want one for each of %d rules", len(list.Fits[0].Findings), len(rules))
	}

	r := w.request(aNeed)
	if r.State != schema.RequestOpen || r.Reference == "" || r.SaidAt == nil || !slices.Equal(r.Need.Avoid, []apiAvoid{{Area: "M14"}}) {
		t.Errorf("request: %+v", r)
	}
	h := w.hold(r.ID, spaces[0])
	if h.State != schema.Held || !strings.HasPrefix(h.Code, r.Reference) || h.ExpiresAt.Sub(h.HeldAt) != 30*time.Minute || h.HeldAt.Location() != time.UTC {
		t.Errorf("hold: %+v", h)
	}

	seen := into[apiHoldList](t, w.do(schema.RoleManager, "GET", "/holds", "", http.StatusOK)).Holds
	if len(seen) != 1 || seen[0].SpaceRef != "Attic room" || !seen[0].NeedsShared || len(seen[0].Need.Household.Children) != 2 {
		t.Errorf("the manager sees %+v", seen)
	}
	own := w.do(schema.RoleHelpline, "GET", "/holds/"+string(h.ID), "", http.StatusOK)
	if strings.Contains(string(own.body), "Attic") {
		t.Errorf("the helpline sees the provider's name of the space: %s", own.body)
	}

	at := "/holds/" + string(h.ID)
	if h = into[apiHoldBody](t, w.do(schema.RoleHelpline, "POST", at+"/extend", "", http.StatusOK)); h.Extensions != 1 {
		t.Errorf("extended: %+v", h)
	}
	h = into[apiHoldBody](t, w.do(schema.RoleManager, "POST", at+"/answer", `{"can_take":true}`, http.StatusOK))
	if h.State != schema.Held || h.ServiceAnswer == nil || !h.ServiceAnswer.CanTake {
		t.Errorf("after the service's yes: %+v", h)
	}
	h = into[apiHoldBody](t, w.do(schema.RoleHelpline, "POST", at+"/survivor-answer", `{"takes":true}`, http.StatusOK))
	if h.State != schema.Agreed || h.AgreedAt == nil {
		t.Errorf("after both said yes: %+v", h)
	}
	p := into[apiPlacement](t, w.do(schema.RoleManager, "POST", at+"/arrival", "{}", http.StatusOK))
	if p.Request != r.ID || p.Space != spaces[0] || p.Provision != schema.Refuge {
		t.Errorf("placement: %+v", p)
	}
	done := into[apiRequestWithHolds](t, w.do(schema.RoleHelpline, "GET", "/requests/"+string(r.ID), "", http.StatusOK))
	if done.State != schema.RequestPlaced || len(done.Holds) != 1 || done.Holds[0].State != schema.Arrived {
		t.Errorf("placed request: %+v", done)
	}
	if a := w.do(schema.RoleHelpline, "PUT", "/requests/"+string(r.ID), aNeed, http.StatusConflict); a.problem().Code != "request_ended" {
		t.Errorf("changing a placed request: %s", a.body)
	}
}

// TestAPINeedsStayApart: without her agreement a service sees how many they are, and another provider or helpline sees nothing at all.
func TestAPINeedsStayApart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	space := w.publish("1")[0]
	r := w.request(strings.Replace(aNeed, `"share_needs":"yes"`, `"risk":{"level":"high","source":"checklist","on":"2026-11-20"}`, 1))
	h := w.hold(r.ID, space)

	seen := into[apiHoldView](t, w.do(schema.RoleManager, "GET", "/holds/"+string(h.ID), "", http.StatusOK))
	n := seen.Need
	if seen.NeedsShared || n.Recourse != "" || n.Risk.Level != "" || n.Wheelchair != "" || len(n.Household.Adults) != 1 || len(n.Household.Children) != 2 || n.Household.Children[1].Age != 0 {
		t.Errorf("without her agreement the service sees %+v", seen)
	}
	answered := w.do(schema.RoleManager, "POST", "/holds/"+string(h.ID)+"/answer", `{"can_take":false,"reason":"no_staff"}`, http.StatusOK)
	for _, secret := range []string{"M14", "checklist", `"need"`, "finding"} {
		if strings.Contains(string(answered.body), secret) {
			t.Errorf("the answer to the service holds %s: %s", secret, answered.body)
		}
	}
	for _, other := range []struct {
		kind schema.OrganisationKind
		role schema.Role
	}{{schema.KindProvider, schema.RoleManager}, {schema.KindHelpline, schema.RoleHelpline}} {
		_, token := w.account(w.organisation(other.kind, "Another").ID, other.role)
		a, err := w.send(token, "GET", "/api/v1/holds/"+string(h.ID), "", "")
		must(t, err)
		if a.status != http.StatusNotFound || a.problem().Code != "not_found" {
			t.Errorf("another %s sees %d %s", other.role, a.status, a.body)
		}
	}
	if said := w.logged.String(); strings.Contains(said, "M14") || strings.Contains(said, "woman") {
		t.Errorf("needs in the log: %s", said)
	}
}

func TestAPISpacesAndReports(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish("1", "2", "F=1+2")
	all := into[apiSpaceList](t, w.do(schema.RoleManager, "GET", "/spaces", "", http.StatusOK)).Spaces
	if len(all) != 3 || all[0].Ref != "1" || len(all[0].Overlaps) != 1 || all[0].Status != schema.StatusAvailable {
		t.Fatalf("spaces: %+v", all)
	}
	path := "/spaces/" + string(all[0].ID) + "/reports"
	said := into[apiReported](t, w.do(schema.RoleManager, "POST", path, `{"state":"out_of_use","why":"repair"}`, http.StatusOK))
	if said.Version <= all[0].ReportVersion {
		t.Errorf("report version %d, want more than %d", said.Version, all[0].ReportVersion)
	}
	if a := w.do(schema.RoleManager, "POST", path, `{"state":"available","version":1}`, http.StatusConflict); a.problem().Code != "stale" {
		t.Errorf("an old report: %s", a.body)
	}
	if a := w.do(schema.RoleManager, "POST", path, `{"state":"available","why":"repair"}`, http.StatusUnprocessableEntity); a.problem().Field == "" {
		t.Errorf("an impossible report: %s", a.body)
	}

	h := w.hold(w.request(aNeed).ID, all[1].ID)
	taken := "/spaces/" + string(all[1].ID) + "/reports"
	refused := w.do(schema.RoleManager, "POST", taken, `{"state":"taken"}`, http.StatusConflict).problem()
	if refused.Code != "claimed" || refused.Claim == "" {
		t.Fatalf("taken on a held place: %+v", refused)
	}
	w.do(schema.RoleManager, "POST", taken, `{"state":"taken","claim":"`+string(refused.Claim)+`"}`, http.StatusOK)
	if over := into[apiHoldView](t, w.do(schema.RoleHelpline, "GET", "/holds/"+string(h.ID), "", http.StatusOK)); over.End != "place_gone" {
		t.Errorf("the hold after the report that names it: %+v", over)
	}

	services := into[apiServiceList](t, w.do(schema.RoleManager, "GET", "/services", "", http.StatusOK)).Services
	if len(services) != 1 || services[0].CodeName != "Juniper" || services[0].HoldMinutes != 30 {
		t.Errorf("services: %+v", services)
	}
	confirm := "/services/" + string(services[0].ID) + "/confirmations"
	if n := into[apiConfirmed](t, w.do(schema.RoleManager, "POST", confirm, "", http.StatusOK)); n.Confirmed != 3 {
		t.Errorf("confirmed %d, want all 3", n.Confirmed)
	}
	w.do(schema.RoleManager, "POST", confirm, `{"refs":["9"]}`, http.StatusUnprocessableEntity)
}

func TestAPIStayAfterUnmet(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	council := w.of[schema.RoleHousing].ID
	r := w.request(aNeed)
	tonight := schema.Night(time.Now(), london).Format(time.DateOnly)
	start := `{"request":"` + string(r.ID) + `","first_night":"` + tonight + `"}`
	w.do(schema.RoleHousing, "POST", "/stays", start, http.StatusNotFound)

	path := "/requests/" + string(r.ID) + "/unmet"
	if p := w.do(schema.RoleHelpline, "POST", path, `{"reasons":["no_space_free"],"council":"`+string(w.of[schema.RoleHelpline].ID)+`"}`, http.StatusUnprocessableEntity).problem(); p.Field != "council" {
		t.Errorf("passed to what is no council: %+v", p)
	}
	w.do(schema.RoleHelpline, "POST", path, `{"reasons":["no_space_free"],"council":"`+string(council)+`"}`, http.StatusOK)

	waiting := into[apiStayList](t, w.do(schema.RoleHousing, "GET", "/stays", "", http.StatusOK))
	if len(waiting.CanStart) != 1 || waiting.CanStart[0].ID != r.ID {
		t.Fatalf("who may start: %+v", waiting)
	}
	stay := into[apiStay](t, w.do(schema.RoleHousing, "POST", "/stays", start, http.StatusCreated))
	going := into[apiStayList](t, w.do(schema.RoleHousing, "GET", "/stays", "", http.StatusOK)).Stays
	if len(going) != 1 || going[0].ID != stay.ID || !going[0].Family || going[0].Nights.Used != 1 || going[0].Nights.Limit != 42 {
		t.Errorf("stays: %+v", going)
	}
	over := into[apiStay](t, w.do(schema.RoleHousing, "POST", "/stays/"+string(stay.ID)+"/end", `{"last_night":"`+tonight+`"}`, http.StatusOK))
	if over.LastNight != tonight {
		t.Errorf("ended stay: %+v", over)
	}
	w.do(schema.RoleHousing, "POST", "/stays/"+string(stay.ID)+"/end", `{"last_night":"tomorrow"}`, http.StatusUnprocessableEntity)

	f := w.do(schema.RoleCommissioner, "GET", "/figures?from="+tonight+"&to="+tonight, "", http.StatusOK)
	if want := `"asked":{"value":null,"words":"fewer than 5"}`; !strings.Contains(string(f.body), want) {
		t.Errorf("one household can be told from the figures: %s", f.body)
	}
	if p := w.do(schema.RoleCommissioner, "GET", "/figures?from=lately", "", http.StatusUnprocessableEntity).problem(); p.Field != "from" {
		t.Errorf("figures from no day: %+v", p)
	}
}
