package exchange_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"haven/exchange"
	"haven/schema"
)

// play is a model and the real thing side by side.
type play struct {
	*town
	*model
	t        *rapid.T
	managers []exchange.Actor
	services []schema.Service
	// statuses and versions of the spaces as they were last compared.
	statuses, versions map[string]string
}

// Any commands, in any order, by several people of both sides over two services whose spaces share rooms: each is granted or refused as the model
// says, every space is what the model makes of it, and nothing is promised or lived in twice.
func TestCommandsInAnyOrder(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	rapid.Check(t, func(t *rapid.T) {
		p := newPlay(w, t)
		acts := []func() string{p.drawHold, p.drawHold, p.drawAct, p.drawAct, p.drawAct, p.drawReport, p.drawReport, p.drawUnmet, p.drawRunOut, p.drawExpire}
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			p.tick++
			what := acts[rapid.IntRange(0, len(acts)-1).Draw(t, "act")]()
			p.compare(what)
		}
	})
}

// newPlay forgets the plays before, for speed alone: the invariants are looked at over everything, after every step. Without ANALYZE their plans
// take for full what was emptied.
func newPlay(w *town, t *rapid.T) *play {
	w.exec(`DELETE FROM message; DELETE FROM placement; DELETE FROM unmet_need; DELETE FROM hold; DELETE FROM claim_room; DELETE FROM claim;
		DELETE FROM request; DELETE FROM outbox; UPDATE space SET version = 0; ANALYZE`)
	p := &play{town: w, model: &model{}, t: t, managers: []exchange.Actor{w.manager, w.rival}}
	for i, units := range [][]string{{"a", "b", "ab"}, {"c", "cd"}} {
		p.services = append(p.services, w.service(p.managers[i], nil))
		var reports []exchange.SpaceReport
		for _, rooms := range units {
			var refs []string
			for _, r := range rooms {
				refs = append(refs, string(r))
			}
			reports = append(reports, available("S"+rooms, refs...))
		}
		for j, out := range w.publish(p.managers[i], p.services[i], reports...) {
			p.spaces = append(p.spaces, &modelSpace{rooms: units[j], service: i, state: schema.Available, id: out.Space, ref: out.Ref})
		}
	}
	for i := range 4 {
		who := []exchange.Actor{w.worker, w.neighbour}[i%2]
		p.requests = append(p.requests, &modelRequest{state: schema.RequestOpen, real: w.request(who, nil), mine: i%2 == 0, tried: map[int]bool{}})
	}
	return p
}

func (p *play) helpline(r *modelRequest) exchange.Actor {
	if r.mine {
		return p.worker
	}
	return p.neighbour
}

// agree fails unless a command ended as the model says.
func (p *play) agree(what string, err error, code string) {
	got := ""
	if r, ok := schema.AsRefusal(err); ok {
		got = r.Code
	} else if err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
	if got != code {
		p.t.Fatalf("%s: %q, the model says %q", what, got, code)
	}
}

func (p *play) drawHold() string {
	r, s := rapid.SampledFrom(p.requests).Draw(p.t, "request"), rapid.SampledFrom(p.spaces).Draw(p.t, "space")
	what := fmt.Sprintf("hold %s for %s", s.rooms, r.real.Reference)
	code, earlier := p.model.hold(r, s)
	h, err := p.x.Hold(p.Context(), p.helpline(r), r.real.ID, s.id)
	p.agree(what, err, code)
	switch {
	case earlier != nil && h.ID != earlier.real.ID:
		p.t.Fatalf("%s: made a new hold beside the one it has", what)
	case earlier == nil && err == nil:
		p.claims = append(p.claims, &modelClaim{real: h, id: h.Claim, space: s, request: r, state: schema.Held})
	}
	return what
}

func (p *play) drawAct() string {
	what := rapid.SampledFrom([]string{"yes", "yes", "chosen", "chosen", "arrive", "arrive", "cannot", "decided", "too far", "release", "extend"}).Draw(p.t, "verb")
	if len(p.claims) == 0 {
		return "nothing"
	}
	c := rapid.SampledFrom(p.claims).Draw(p.t, "hold")
	before := c.state
	code := p.act(c, what)
	err := p.perform(c, what)
	p.agree(what+" "+c.space.rooms, err, code)
	if before != schema.Arrived && c.state == schema.Arrived {
		p.claims = append(slices.DeleteFunc(p.claims, func(o *modelClaim) bool { return o == c }), c) // a stay is a claim of its own, made now
	}
	return what + " " + c.space.rooms
}

func (p *play) perform(c *modelClaim, what string) error {
	ctx, helpline, manager := p.Context(), p.helpline(c.request), p.managers[c.space.service]
	answering := func(a schema.Answer) exchange.Answering { return exchange.Answering{Hold: c.real.ID, Answer: a} }
	var err error
	switch what {
	case "yes":
		_, err = p.x.Answer(ctx, manager, answering(schema.Answer{Yes: true}))
	case "cannot":
		_, err = p.x.Answer(ctx, manager, answering(schema.Answer{Reason: "no_staff"}))
	case "chosen":
		_, err = p.x.Choose(ctx, helpline, answering(schema.Answer{Yes: true}))
	case "decided":
		_, err = p.x.Choose(ctx, helpline, answering(schema.Answer{Reason: "could_not_speak"}))
	case "too far":
		_, err = p.x.Choose(ctx, helpline, answering(schema.Answer{Reason: "too_far"}))
	case "release":
		_, err = p.x.Release(ctx, helpline, c.real.ID)
	case "extend":
		_, err = p.x.Extend(ctx, helpline, c.real.ID)
	case "arrive":
		var placed schema.Placement
		if placed, err = p.x.Arrive(ctx, helpline, c.real.ID); err == nil {
			c.id = placed.Claim
		}
	}
	return err
}

// drawReport is a message on one or two spaces of a service, which names the claim in its way or does not.
func (p *play) drawReport() string {
	service := rapid.IntRange(0, 1).Draw(p.t, "service")
	var own []*modelSpace
	for _, s := range p.spaces {
		if s.service == service {
			own = append(own, s)
		}
	}
	states := []schema.State{schema.Available, schema.Available, schema.Available, schema.Taken, schema.GettingReady, schema.OutOfUseFor, schema.Closed}
	var reports []exchange.SpaceReport
	var named []*modelSpace
	for range rapid.IntRange(1, 2).Draw(p.t, "spaces") {
		s := rapid.SampledFrom(own).Draw(p.t, "space")
		if slices.Contains(named, s) {
			continue
		}
		named = append(named, s)
		r := says(s.ref, rapid.SampledFrom(states).Draw(p.t, "state"), "")
		if r.Report.State == schema.GettingReady {
			r.Report.From = soon()
		}
		if c := p.against(s, r.Report.State); c != nil && rapid.Bool().Draw(p.t, "names it") {
			r.Report.Claim = c.id
		}
		reports = append(reports, r)
	}
	p.expire(named...)
	outs, err := p.tryPublish(p.managers[service], p.services[service], reports...)
	p.agree("publish", err, "")
	what := ""
	for i, r := range reports {
		what += fmt.Sprintf("%s is %s; ", r.Ref, r.Report.State)
		want := schema.ClaimID("")
		if c := p.report(named[i], r.Report.State, r.Report.Claim); c != nil {
			want = c.id
		}
		if outs[i].Claim != want || (outs[i].Code == "claimed") != (want != "") {
			p.t.Fatalf("%s: %+v, the model says that claim %q is in its way", what, outs[i], want)
		}
	}
	return what
}

func (p *play) drawUnmet() string {
	r := rapid.SampledFrom(p.requests).Draw(p.t, "request")
	if rapid.IntRange(0, 2).Draw(p.t, "rarely") > 0 {
		return "nothing"
	}
	code := p.unmet(r)
	_, err := p.x.RecordUnmet(p.Context(), p.helpline(r), unmet(r.real))
	p.agree("unmet", err, code)
	return "unmet " + r.real.Reference
}

// drawRunOut lets the time of a hold pass. Nobody has met it yet, so nothing else changes.
func (p *play) drawRunOut() string {
	var held []*modelClaim
	for _, c := range p.claims {
		if c.state == schema.Held {
			held = append(held, c)
		}
	}
	if len(held) == 0 {
		return "nothing"
	}
	c := rapid.SampledFrom(held).Draw(p.t, "hold")
	c.out = true
	p.runOut(c.real.ID)
	return "run out " + c.space.rooms
}

func (p *play) drawExpire() string {
	if len(p.claims) == 0 {
		return "nothing"
	}
	c := rapid.SampledFrom(p.claims).Draw(p.t, "hold")
	p.expire(c.space)
	if err := p.x.Expire(p.Context(), c.real.ID); err != nil {
		p.t.Fatalf("expire: %v", err)
	}
	return "expire " + c.space.rooms
}

func (p *play) compare(after string) {
	statuses := p.column(`SELECT n.id::text, status FROM space_now n JOIN service s ON s.id = n.service_id WHERE s.id IN ($1, $2)`, p.services[0].ID, p.services[1].ID)
	for _, s := range p.spaces {
		if got, want := statuses[string(s.id)], string(p.model.status(s)); got != want {
			p.t.Fatalf("after %s: %s is %s, the model says %s", after, s.rooms, got, want)
		}
	}
	p.told(after, statuses)
	holds := p.column(`SELECT id::text, state || ' ' || end_code FROM hold WHERE service_id IN ($1, $2)`, p.services[0].ID, p.services[1].ID)
	if len(holds) != len(p.claims) {
		p.t.Fatalf("after %s: %d holds, the model says %d", after, len(holds), len(p.claims))
	}
	for _, c := range p.claims {
		if got, want := holds[string(c.real.ID)], string(c.state)+" "+c.end; got != want {
			p.t.Fatalf("after %s: a hold on %s is %s, the model says %s", after, c.space.rooms, got, want)
		}
	}
	if lines := p.broken(); len(lines) > 0 {
		p.t.Fatalf("after %s: broken: %q", after, lines)
	}
}

// told fails where a space became something else and its version did not rise, so that the board never heard of it.
func (p *play) told(after string, statuses map[string]string) {
	versions := p.column(`SELECT id::text, version FROM space WHERE service_id IN ($1, $2)`, p.services[0].ID, p.services[1].ID)
	for id, status := range statuses {
		if was, seen := p.statuses[id]; seen && was != status && p.versions[id] == versions[id] {
			p.t.Fatalf("after %s: a space went from %s to %s at the same version", after, was, status)
		}
	}
	p.statuses, p.versions = statuses, versions
}

// column reads values by key.
func (p *play) column(query string, args ...any) map[string]string {
	rows, err := p.owner.QueryContext(p.Context(), query, args...)
	if err != nil {
		p.t.Fatal(err)
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var key, value string
		if err := rows.Scan(&key, &value); err != nil {
			p.t.Fatal(err)
		}
		all[key] = value
	}
	return all
}
