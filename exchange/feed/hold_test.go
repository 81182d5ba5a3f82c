package feed_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"haven/exchange"
	"haven/exchange/feed"
	"haven/schema"
)

// relay passes what was committed to the feeds, as the board does, until the test ends.
func (r *rig) relay(to ...exchange.Follower) {
	r.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	r.t.Cleanup(func() { cancel(); <-done })
	go func() {
		defer close(done)
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			rows, err := r.db.Unpublished(ctx, 100)
			if err != nil {
				continue
			}
			var ids []int64
			for _, row := range rows {
				ids = append(ids, row.ID)
				for _, f := range to {
					f.Apply(exchange.Change{N: row.ID, Topic: row.Topic, ID: row.Subject, Version: row.Version, To: row.To})
				}
			}
			if len(ids) > 0 && r.db.Published(ctx, ids) != nil && ctx.Err() == nil {
				r.t.Error("the relay could not delete what it published")
			}
		}
	}()
}

// need of a mother with two children, with things in it that no provider may see, and an area to avoid whose place is not known, so that the
// service must confirm its own.
func need(share schema.Fact) schema.Need {
	margin, pounds := 25.0, 90
	leeds := schema.Area{Kind: schema.AreaPlace, Code: "Leeds", Name: "Leeds"}
	return schema.Need{
		Household: schema.Household{
			Adults:   []schema.Adult{{As: schema.Woman, Age: 34}},
			Children: []schema.Child{{Age: 7, Sex: schema.Boy, Born: "2019-03-27"}, {Age: 1}},
			Pregnant: schema.Yes,
		},
		Avoid:      []schema.Avoid{{Area: schema.Area{Kind: schema.AreaOutcode, Code: "B11", Name: "B11 (Sparkhill)"}, MarginMiles: &margin}},
		NowIn:      &schema.Area{Kind: schema.AreaPlace, Code: "Dudley", Name: "Dudley"},
		Wheelchair: schema.Yes, Recourse: schema.No, Pets: schema.No, Language: "urdu",
		Support: map[string]schema.Fact{"medication": schema.No}, RunFor: map[string]schema.Fact{"south_asian": schema.Yes},
		Funding: schema.Funding{Works: schema.Yes, CanPay: &pounds}, Home: schema.Home{SocialTenant: schema.Yes}, MovingOn: schema.MovingOn{IntensiveSupport: schema.Yes},
		Routes:     []schema.Route{{From: leeds, To: leeds}},
		Wishes:     []schema.Wish{{Code: schema.WishOwnKitchen, Tier: schema.Nice}, {Code: schema.WishRegions, Tier: schema.Nice, Areas: []schema.Area{leeds}}},
		Tonight:    schema.Tonight{Sleeps: "public_place", AbuserPresent: schema.Yes},
		Risk:       schema.Risk{Level: schema.RiskHigh, Source: "checklist", On: "2026-11-20"},
		ShareNeeds: share,
	}
}

// hold promises a published space for a new household.
func (r *rig) hold(ref string, n schema.Need) schema.Hold {
	r.t.Helper()
	request, err := r.x.OpenRequest(r.t.Context(), r.helpline, n)
	if err != nil {
		r.t.Fatal(err)
	}
	h, err := r.x.Hold(r.t.Context(), r.helpline, request.ID, r.spaces()[ref].Space.ID)
	if err != nil {
		r.t.Fatal(err)
	}
	return h
}

// kept publishes spaces over the feed.
func (r *rig) kept(p *peer, seq int64, refs ...string) {
	r.t.Helper()
	var all []string
	for _, ref := range refs {
		all = append(all, space(ref, `"cots":1`))
	}
	p.say(r.publish(seq, all...))
	p.wantAck(seq)
}

func TestAHoldFromMadeToAgreed(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.relay(r.feeds)
	p := r.dial()
	r.kept(p, 1, "1", "2")
	made := r.hold("1", need(schema.Yes))

	told := p.expect("hold")
	if told["hold"] != string(made.ID) || told["code"] != made.Code || told["ref"] != "1" || told["state"] != "held" || told["answered"] != false || told["service"] != string(r.service) {
		t.Errorf("told %v of %+v", told, made)
	}
	if told["expires_at"] != made.ExpiresAt.UTC().Format(time.RFC3339Nano) {
		t.Errorf("told expires_at %v, want %v", told["expires_at"], made.ExpiresAt)
	}
	needs := told["needs"].(map[string]any)
	if needs["people"] != 3.0 || needs["pregnant"] != "yes" || needs["wheelchair"] != "yes" || needs["recourse"] != "no" || len(needs["children"].([]any)) != 2 {
		t.Errorf("told needs %v", needs)
	}
	if fmt.Sprintf("%v %v %v", needs["funding"], needs["home"], needs["moving_on"]) != "map[can_pay:90 works:yes] map[social_tenant:yes] map[intensive_support:yes]" ||
		fmt.Sprintf("%v %v %v %v", needs["language"], needs["support"], needs["run_for"], needs["pets"]) != "urdu map[medication:no] map[south_asian:yes] no" ||
		fmt.Sprint(needs["wishes"]) != "[map[code:own_kitchen tier:nice] map[areas:[Leeds] code:regions tier:nice]]" {
		t.Errorf("told needs %v", needs)
	}
	if routes := fmt.Sprint(told["routes"]); routes != "[map[from:Leeds margin_miles:10 to:Leeds]]" {
		t.Errorf("the ways to check were told as %s", routes)
	}
	if avoid := fmt.Sprint(told["avoid"]); told["confirm_area"] != true || avoid != "[map[area:B11 (Sparkhill) kind:outcode margin_miles:25]]" {
		t.Errorf("the areas to check were told as %s", avoid)
	}
	for _, secret := range []string{"2019", "Dudley", "public_place", "high", "checklist", "household_id", string(made.Request)} {
		if strings.Contains(fmt.Sprint(told), secret) {
			t.Errorf("%q is in the frame %v", secret, told)
		}
	}

	// Before it is answered a reconnect brings it again, afterwards not.
	p.conn.Close()
	p = r.dial()
	if again := p.expect("hold"); again["hold"] != string(made.ID) {
		t.Errorf("after a reconnect came %v", again)
	}
	p.say(fmt.Sprintf(`{"type":"answer","seq":2,"hold":%q,"yes":true}`, made.ID))
	p.wantNack("confirm_area", true)
	yes := fmt.Sprintf(`{"type":"answer","seq":3,"hold":%q,"yes":true,"area_confirmed":true,"arrive_by":%q}`, made.ID, time.Now().Add(3*time.Hour).Format(time.RFC3339))
	p.say(yes)
	kinds := map[string]map[string]any{}
	for range 2 { // in either order
		doc, err := p.next()
		if err != nil {
			t.Fatal(err)
		}
		kinds[doc["type"].(string)] = doc
	}
	if kinds["ack"]["seq"] != 3.0 || kinds["hold"]["answered"] != true || kinds["hold"]["arrive_by"] == nil {
		t.Errorf("the answer was followed by %v", kinds)
	}
	p.conn.Close()
	p = r.dial()
	p.say(fmt.Sprintf(`{"type":"answer","seq":4,"hold":%q,"yes":false,"reason":"no_staff"}`, made.ID))
	p.wantNack("answered", true)

	if _, err := r.x.Choose(t.Context(), r.helpline, exchange.Answering{Hold: made.ID, Answer: schema.Answer{Yes: true}}); err != nil {
		t.Fatal(err)
	}
	if agreed := p.expect("hold"); agreed["state"] != "agreed" || agreed["expires_at"] != nil {
		t.Errorf("the agreement was told as %v", agreed)
	}
	// Whether it was heard cannot be known when the connection breaks, so a reconnect says it again.
	p.conn.Close()
	p = r.dial()
	if agreed := p.expect("hold"); agreed["state"] != "agreed" {
		t.Errorf("after a reconnect came %v", agreed)
	}
	if _, err := r.x.Arrive(t.Context(), r.helpline, made.ID); err != nil {
		t.Fatal(err)
	}
	if ended := p.expect("hold_ended"); ended["reason"] != "arrived" || ended["code"] != made.Code {
		t.Errorf("the arrival was told as %v", ended)
	}
}

func TestAHoldThatEnds(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.relay(r.feeds)
	p := r.dial()
	r.kept(p, 1, "1", "2")
	released := r.hold("1", need(schema.Yes))
	p.expect("hold")
	if _, err := r.x.Release(t.Context(), r.helpline, released.ID); err != nil {
		t.Fatal(err)
	}
	if ended := p.expect("hold_ended"); ended["hold"] != string(released.ID) || ended["reason"] != "released" || ended["at"] == nil {
		t.Errorf("the release was told as %v", ended)
	}
	p.say(fmt.Sprintf(`{"type":"answer","seq":2,"hold":%q,"yes":true,"area_confirmed":true}`, released.ID))
	p.wantNack("hold_ended", true)

	no := r.hold("2", need(schema.Yes))
	p.expect("hold")
	p.say(fmt.Sprintf(`{"type":"answer","seq":3,"hold":%q,"yes":false}`, no.ID))
	if n := p.wantNack("invalid_field", true); n["field"] != "reason" {
		t.Errorf("a no without a reason was answered by %v", n)
	}
	p.say(fmt.Sprintf(`{"type":"answer","seq":4,"hold":%q,"yes":false,"reason":"no_staff"}`, no.ID))
	for range 2 {
		doc, err := p.next()
		if err != nil {
			t.Fatal(err)
		}
		if doc["type"] == "hold_ended" && doc["reason"] != "cannot_take" {
			t.Errorf("the no was told as %v", doc)
		}
	}
}

// Without her agreement the service learns how many they are, and nothing else.
func TestNeedsThatAreNotShared(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.relay(r.feeds)
	p := r.dial()
	r.kept(p, 1, "1")
	r.hold("1", need(schema.Unknown))
	told := p.expect("hold")
	if needs := told["needs"].(map[string]any); len(needs) != 1 || needs["people"] != 3.0 || told["needs_shared"] != false {
		t.Errorf("told %v", told)
	}
	avoid, _ := told["avoid"].([]any)
	if told["confirm_area"] != true || len(avoid) != 1 || len(avoid[0].(map[string]any)) != 2 {
		t.Errorf("the areas to check were told as %v", told["avoid"])
	}
}

// A provider hears of its own holds only, whatever the stream carries to its socket.
func TestHoldsOfOthersAreNotTold(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	p := r.dial()
	r.kept(p, 1, "1")
	other, _ := r.providerWithService("Alder")
	key, _ := r.newKey(other)
	stranger := r.dialAt(r.url, key)
	made := r.hold("1", need(schema.Yes))
	r.feeds.Apply(exchange.Change{Topic: exchange.TopicHold, ID: string(made.ID), Version: 1, To: []schema.OrganisationID{other, r.provider}})
	p.expect("hold")
	stranger.say(fmt.Sprintf(`{"type":"answer","seq":1,"hold":%q,"yes":true}`, made.ID))
	stranger.wantNack("not_found", true)
}

// Without a stream, or after a gap in it, the ledger has the last word.
func TestHoldsWithoutAStream(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(c *feed.Config) { c.HoldsEvery = 20 * time.Millisecond })
	p := r.dial()
	r.kept(p, 1, "1")
	made := r.hold("1", need(schema.Yes))
	p.expect("hold")
	if _, err := r.x.Release(t.Context(), r.helpline, made.ID); err != nil {
		t.Fatal(err)
	}
	p.expect("hold_ended")

	// With no comparison by itself, a new snapshot of the board brings one.
	h, url := r.serve(func(c *feed.Config) { c.HoldsEvery = time.Hour })
	p = r.dialAt(url, r.key)
	p.say(fmt.Sprintf(`{"type":"confirm","seq":2,"service":%q}`, r.service))
	p.wantAck(2)
	second := r.hold("1", need(schema.Yes))
	if p.hello["epoch"] != nil {
		t.Errorf("no board is followed yet, and hello says %v", p.hello)
	}
	h.Reset(exchange.Snapshot{Epoch: "e2"})
	if told := p.expect("hold"); told["hold"] != string(second.ID) {
		t.Errorf("after a reset came %v", told)
	}
	if next := r.dialAt(url, r.key); next.hello["epoch"] != "e2" {
		t.Errorf("hello says %v, want the epoch of the board", next.hello)
	}
}

// TestAHoldEventReadsAsOnTheWire: `haven feed watch` prints it, and a script that reads that knows only asyncapi.yaml.
func TestAHoldEventReadsAsOnTheWire(t *testing.T) {
	t.Parallel()
	for want, e := range map[string]feed.HoldEvent{
		`{"type":"hold_ended","hold":"h","code":"7K4Q-1","reason":"released"}`: {Ended: &feed.HoldEnded{Hold: "h", Code: "7K4Q-1", Reason: "released"}},
		`{"type":"hold","hold":"h","code":"7K4Q-1",`:                           {Hold: &feed.Hold{Hold: "h", Code: "7K4Q-1"}},
	} {
		if got, err := json.Marshal(e); err != nil || !strings.HasPrefix(string(got), want) {
			t.Errorf("%s, %v; want %s", got, err, want)
		}
	}
}
