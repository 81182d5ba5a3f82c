package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"haven/exchange"
	"haven/schema"
)

// frightened is a household with everything a service must not see, besides what it may.
const frightened = `{"household":{"adults":[{"as":"woman","age":34}],"children":[{"age":4,"sex":"boy","born":"2022-03-27"}]},"avoid":[{"area":"M14"}],` +
	`"risk":{"level":"high","source":"checklist","on":"2026-11-20"},"tonight":{"sleeps":"with_abuser","abuser_present":"yes"},"share_needs":`

func TestReferralsEmpty(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.signedIn(schema.RoleManager).get("/referrals").is(t, http.StatusOK).has(t, "No requests waiting.", "Nobody is on their way.")
}

func TestReferralShowsNeedsWithoutIdentity(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.publish("1")[0]
	hold := w.hold(w.request(frightened+`"yes"}`).ID, id)
	b := w.signedIn(schema.RoleManager)
	list := b.get("/referrals").is(t, http.StatusOK).has(t, "Request "+hold.Code, "1 adult and 1 child", "Juniper, Space 1", "Answer by ")
	page := b.get("/referrals/"+string(hold.ID)).is(t, http.StatusOK).has(t, "Woman, 34", "Boy, 4", "M14", "Answer by ", "We can take them", "We cannot take them")
	for _, s := range []shown{list, page, b.get("/board")} {
		s.hasNot(t, "high", "High", "checklist", "2022-03-27", "abuser", "same home", "claim", "Claim", "Risk", "risk", string(w.accounts[schema.RoleHelpline]), "The helpline,")
	}
}

func TestReferralWithoutAgreementShowsSizeOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.publish("1")[0]
	hold := w.hold(w.request(frightened+`"no"}`).ID, id)
	w.signedIn(schema.RoleManager).get("/referrals/"+string(hold.ID)).is(t, http.StatusOK).
		has(t, "She has not agreed to share her needs: household size only", "1 adult and 1 child").
		hasNot(t, "Woman", "Boy", ", 34", "M14", "high")
}

// TestReferralShowsEveryNeedOnlyWithAgreement: whatever a need can carry, what a service may see of it is there with her yes and gone without.
func TestReferralShowsEveryNeedOnlyWithAgreement(t *testing.T) {
	t.Parallel()
	area := schema.Area{Kind: schema.AreaPlace, Code: "Leeds", Name: "Leeds"}
	pounds := 90
	n := schema.Need{
		Household: schema.Household{Adults: []schema.Adult{{As: schema.Woman, Age: 34}, {As: schema.Man, Is: schema.AdultChildOf}}},
		Routes:    []schema.Route{{From: area, To: area}}, Near: []schema.Near{{Area: area, WithinMiles: 20, Because: "care"}},
		Language: "urdu", Support: map[string]schema.Fact{"medication": schema.Yes}, RunFor: map[string]schema.Fact{"south_asian": schema.Yes},
		Funding: schema.Funding{Route: "mvdac", ConcessionEnds: "2027-03-27", CanPay: &pounds}, Wishes: []schema.Wish{{Code: schema.WishOwnKitchen, Tier: schema.Must}},
		Declined: []schema.Declined{{Service: "s", Why: "too_near"}}, Risk: schema.Risk{Level: schema.RiskHigh},
	}
	want := []string{"Woman, 34; Man (son or daughter of 18 or over)", "Urdu", "Support with medication", "South Asian women", "until 27 March 2027", "£90 a week", "within 20 miles of Leeds", "Must have: A kitchen of their own"}
	for _, row := range schema.NeedFacts() {
		*row.Of(&n) = schema.Yes
		if slices.Contains(shownToServices, row.Section) {
			want = append(want, row.Short+": Yes")
		}
	}
	words := func(shared bool) string {
		var all []string
		for _, line := range referralNeed(exchange.HoldView{Need: n, NeedsShared: shared}) {
			all = append(all, line.Label+": "+line.Words)
		}
		return strings.Join(all, "\n")
	}
	shown := words(true)
	for _, w := range want {
		if !strings.Contains(shown, w) {
			t.Errorf("%q is not shown with her agreement:\n%s", w, shown)
		}
	}
	for _, secret := range []string{"too_near", "Too near", "high", "High", "Leaving", "is there now", "may be shown"} {
		if strings.Contains(shown, secret) {
			t.Errorf("%q is shown to a service:\n%s", secret, shown)
		}
	}
	if without := words(false); without != "Household: 2 adults" {
		t.Errorf("without her agreement a service reads %q", without)
	}
}

// TestReferralKeepsNotAskedApartFromNo: and so do the chips of the helpline.
func TestReferralKeepsNotAskedApartFromNo(t *testing.T) {
	t.Parallel()
	said, unsaid := factLines(schema.Need{Pets: schema.No, Home: schema.Home{SocialTenant: schema.Yes}})
	if want := []needLine{{"With a pet", "No"}, {"Social tenant", "Yes"}}; !slices.Equal(said, want) || slices.Contains(unsaid, "With a pet") || !slices.Contains(unsaid, "Wheelchair") {
		t.Errorf("said %v, not known %v", said, unsaid)
	}
}

// Opening the request is one act and the button the second.
func TestAnswerYes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	hold := w.hold(w.request(aNeed).ID, w.publish("1")[0])
	b := w.signedIn(schema.RoleManager)
	page := b.get("/referrals/" + string(hold.ID))
	b.follow(b.press(page.body, `<span class="govuk-visually-hidden">We can take them, arriving by </span>`)).has(t, "You can take them. They decide by ").hasNot(t, "We cannot take them")
	got, err := w.db.Hold(t.Context(), w.actor(schema.RoleManager), hold.ID)
	must(t, err)
	if got.Provided == nil || !got.Provided.Yes || got.ArriveBy == nil {
		t.Errorf("answer = %+v, arrive by %v", got.Provided, got.ArriveBy)
	}
}

func TestAnswerNo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.publish("1")[0]
	hold := w.hold(w.request(aNeed).ID, id)
	b := w.signedIn(schema.RoleManager)
	page := b.get("/referrals/" + string(hold.ID))
	b.follow(b.press(page.body, "No staff on site in time")).has(t, "You answered that you cannot take them: No staff on site in time.")
	if got := w.space(id); got.Hold != nil || got.Vacancy.Status != schema.StatusAvailable {
		t.Errorf("the space is %s with hold %v, want free again", got.Vacancy.Status, got.Hold)
	}
}

// The area could not be told from what is published: no yes without the refuge's word that it is safe (S4).
func TestAnswerConfirmsArea(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	hold := w.hold(w.request(`{"household":{"adults":[{"as":"woman"}]},"avoid":[{"area":"B1","margin_miles":10}],"share_needs":"yes"}`).ID, w.publish("1")[0])
	if !hold.ConfirmArea {
		t.Fatal("the hold does not ask to confirm the area: choose another area for this test")
	}
	b := w.signedIn(schema.RoleManager)
	path := "/referrals/" + string(hold.ID)
	b.get(path).has(t, "Our area is safe for this household")
	b.post(path+"/answer", "once", "k1", "answer", "yes").is(t, http.StatusUnprocessableEntity).has(t, "confirm that your area is safe", "There is a problem")
	b.post(path+"/answer", "once", "k1", "answer", "yes", "area_confirmed", "yes").is(t, http.StatusSeeOther)
}

func TestLateAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	hold := w.hold(w.request(aNeed).ID, w.publish("1")[0])
	_, err := w.exchange.Release(t.Context(), w.actor(schema.RoleHelpline), hold.ID)
	must(t, err)
	w.signedIn(schema.RoleManager).post("/referrals/"+string(hold.ID)+"/answer", "once", "k", "answer", "yes").is(t, http.StatusConflict).
		has(t, "This hold has ended: Released by the helpline. Nothing was changed.", "This request has ended")
}

func TestAnswerNeedsAChoice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	hold := w.hold(w.request(aNeed).ID, w.publish("1")[0])
	b := w.signedIn(schema.RoleManager)
	path := "/referrals/" + string(hold.ID) + "/answer"
	b.post(path, "once", "k").is(t, http.StatusUnprocessableEntity).has(t, "Choose whether you can take them")
	b.post(path, "once", "k", "answer", "no").is(t, http.StatusUnprocessableEntity).has(t, "Choose why you cannot take them")
	b.post(path, "once", "k", "answer", "yes", "arrive_by", "soon").is(t, http.StatusUnprocessableEntity)
}

func TestArrivedFromReferral(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.publish("1")[0]
	hold := w.hold(w.request(aNeed).ID, id)
	w.answerYes(hold.ID)
	_, err := w.exchange.Choose(t.Context(), w.actor(schema.RoleHelpline), exchange.Answering{Hold: hold.ID, Answer: schema.Answer{Yes: true}})
	must(t, err)
	b := w.signedIn(schema.RoleManager)
	b.get("/referrals").has(t, "Agreed arrivals", "Request "+hold.Code)
	to := b.press(b.get("/referrals/"+string(hold.ID)).body, "They have arrived").is(t, http.StatusSeeOther).location
	if !strings.HasSuffix(to, "#space-"+string(id)) {
		t.Errorf("arrival leads to %q, want the space's card", to)
	}
	b.get("/referrals/"+string(hold.ID)).has(t, "They have arrived.")
}

// Another provider's manager is told the same as of a request that does not exist.
func TestAnotherProvidersReferral(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	hold := w.hold(w.request(aNeed).ID, w.publish("1")[0])
	other := w.organisation(schema.KindProvider, "Another provider")
	w.accounts[schema.RoleManager], w.tokens[schema.RoleManager] = w.account(other.ID, schema.RoleManager)
	b := w.signedIn(schema.RoleManager)
	b.get("/referrals/"+string(hold.ID)).is(t, http.StatusNotFound)
	b.post("/referrals/"+string(hold.ID)+"/answer", "answer", "yes").is(t, http.StatusNotFound)
	b.post("/referrals/"+string(hold.ID)+"/arrive").is(t, http.StatusNotFound)
}

// The night the clocks go back: 9am tomorrow is still 9am.
func TestMomentsOverClockChange(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 10, 24, 21, 30, 0, 0, london) // 25 October has 25 hours
	got := momentsAhead(now, 3)
	want := []string{"Tomorrow 9am", "Tomorrow midday", "Tomorrow 4pm"}
	for i, m := range got {
		if m.Label != want[i] {
			t.Errorf("moment %d = %q, want %q", i, m.Label, want[i])
		}
	}
	if h := got[0].At.Sub(now); h != 12*time.Hour+30*time.Minute {
		t.Errorf("9am is %s away, want 12h30m", h)
	}
	arrivals := arrivalMoments(now)
	for i, m := range arrivals {
		if m.At.Before(now) || i > 0 && !m.At.After(arrivals[i-1].At) {
			t.Errorf("arrival %d at %s is out of order", i, m.At)
		}
	}
}
