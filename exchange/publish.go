package exchange

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"time"

	"haven/schema"
)

// Publish is reports on named spaces of one service. A space not known yet is made from its facts.
type Publish struct {
	Service schema.ServiceID `json:"service"`
	Spaces  []SpaceReport    `json:"spaces"`
}

// SpaceReport is one space of a message: its facts, when they are given, and the report.
type SpaceReport struct {
	Ref string `json:"ref"`
	// Facts replace what is known of the space; nil leaves them. Ref and ids inside it are ignored.
	Facts  *schema.Space `json:"facts,omitempty"`
	Report schema.Report `json:"report"`
}

// SpaceOutcome is what became of one space of a message. Code is empty when the report was kept; a report that contradicts a promise or an
// occupancy gets claimed with the claim's id, an old one stale with both versions, and the rest of the message applies.
type SpaceOutcome struct {
	Ref     string         `json:"ref"`
	Space   schema.SpaceID `json:"space,omitempty"`
	Version int64          `json:"version,omitempty"`
	Code    string         `json:"code,omitempty"`
	Claim   schema.ClaimID `json:"claim,omitempty"`
	Newest  int64          `json:"newest,omitempty"` // with stale: the newest report's version
	Words   string         `json:"words,omitempty"`
}

// MostSpacesAMessage bounds what one message locks.
const MostSpacesAMessage = 500

// Check refuses a message that cannot be applied, before anything is locked.
func (p Publish) Check(now time.Time) error {
	if p.Service == "" {
		return schema.Invalid("service", "service is missing: name the service the spaces belong to")
	}
	if len(p.Spaces) == 0 || len(p.Spaces) > MostSpacesAMessage {
		return schema.Invalid("spaces", "spaces must name 1 to 500 spaces; send the rest in another message")
	}
	seen := map[string]bool{}
	for _, s := range p.Spaces {
		if seen[s.Ref] {
			return schema.Invalid("spaces", "spaces names "+s.Ref+" twice; send one report a space")
		}
		seen[s.Ref] = true
		facts := schema.Space{Ref: s.Ref}
		if s.Facts != nil {
			facts = *s.Facts
			facts.Ref = s.Ref
		}
		if err := inSpace(facts.Check(), s.Ref); err != nil {
			return err
		}
		if err := inSpace(s.Report.Check(now), s.Ref); err != nil {
			return err
		}
	}
	return nil
}

// inSpace says which space of the message a refusal is about.
func inSpace(err error, ref string) error {
	r, ok := schema.AsRefusal(err)
	if !ok {
		return err
	}
	in := *r
	in.Field = "spaces[" + ref + "]." + r.Field
	return &in
}

// Publish applies reports. All of them are one transaction, so a reader never sees half a message.
func (x *Exchange) Publish(ctx context.Context, actor Actor, p Publish) ([]SpaceOutcome, error) {
	return command(ctx, x, actor, "publish", p, func(tx Tx) ([]SpaceOutcome, error) { return publish(tx, actor, p) })
}

func publish(tx Tx, actor Actor, p Publish) ([]SpaceOutcome, error) {
	now, err := tx.Now()
	if err != nil {
		return nil, err
	}
	if err := p.Check(now); err != nil {
		return nil, err
	}
	service, err := ownService(tx, actor, p.Service)
	if err != nil {
		return nil, err
	}
	known, now, err := lockNamed(tx, p)
	if err != nil {
		return nil, err
	}
	var out []SpaceOutcome
	err = tx.Try(func() error {
		out, err = applyReports(tx, actor, service, p.Spaces, known, now)
		return err
	})
	return out, err
}

// ownService finds a service of the actor's organisation. Another provider's service is not found, so that keys cannot be used to look around.
func ownService(tx Tx, actor Actor, id schema.ServiceID) (schema.Service, error) {
	s, err := tx.Service(id)
	if err != nil {
		return s, err
	}
	if s.Provider != actor.Organisation {
		return s, schema.NotFound("service")
	}
	return s, nil
}

// lockNamed locks the spaces of a message that exist, by ref.
func lockNamed(tx Tx, p Publish) (map[string]SpaceNow, time.Time, error) {
	refs := make([]string, 0, len(p.Spaces))
	for _, s := range p.Spaces {
		refs = append(refs, s.Ref)
	}
	ids, err := tx.FindSpaces(p.Service, refs)
	if err != nil {
		return nil, time.Time{}, err
	}
	known := map[string]SpaceNow{}
	var order []schema.SpaceID
	for _, ref := range refs {
		if id, ok := ids[ref]; ok {
			order = append(order, id)
		}
	}
	if len(order) == 0 {
		now, err := tx.Now()
		return known, now, err
	}
	spaces, now, err := lock(tx, order...)
	if err != nil {
		return nil, now, err
	}
	for _, sp := range spaces {
		known[sp.Space.Ref] = sp
	}
	return known, now, nil
}

func applyReports(tx Tx, actor Actor, service schema.Service, reports []SpaceReport, known map[string]SpaceNow, now time.Time) ([]SpaceOutcome, error) {
	out := make([]SpaceOutcome, 0, len(reports))
	var changed []schema.SpaceID
	for _, r := range reports {
		sp, exists := known[r.Ref]
		outcome := SpaceOutcome{Ref: r.Ref, Space: sp.Space.ID}
		var err error
		if exists {
			outcome, err = applyReport(tx, known, r, now)
		} else {
			outcome, err = firstReport(tx, known, service, r, now)
		}
		if err != nil {
			return nil, err
		}
		if outcome.Code == "" {
			if err := tx.PutReport(outcome.Space, r.Report); err != nil {
				return nil, err
			}
			if err := tx.Record(Event{What: "space_reported", Subject: string(outcome.Space), Why: r.Report.Why, Body: r.Report}); err != nil {
				return nil, err
			}
			changed = append(changed, outcome.Space)
		}
		out = append(out, outcome)
	}
	if len(changed) == 0 {
		return out, nil
	}
	if err := tx.Bump(changed...); err != nil {
		return nil, err
	}
	return withVersions(tx, out)
}

// withVersions tells the sender the version each kept report got, to name in its next.
func withVersions(tx Tx, out []SpaceOutcome) ([]SpaceOutcome, error) {
	var ids []schema.SpaceID
	var kept []int
	for i, o := range out {
		if o.Code == "" {
			ids, kept = append(ids, o.Space), append(kept, i)
		}
	}
	spaces, err := tx.LockSpaces(ids...)
	if err != nil {
		return nil, err
	}
	for i, sp := range spaces {
		out[kept[i]].Version = sp.ReportVersion
	}
	return out, nil
}

// errNotMade takes back a space whose first report was not kept.
var errNotMade = errors.New("the space was not made")

// firstReport makes a space that was not known. It may be made of rooms that are: a report that speaks against who is due or lives in one of them
// is no less a contradiction for being the first, and then the space is not made and nothing is ended.
func firstReport(tx Tx, known map[string]SpaceNow, service schema.Service, r SpaceReport, now time.Time) (SpaceOutcome, error) {
	var out SpaceOutcome
	tried := maps.Clone(known)
	err := tx.Try(func() error {
		id, err := newSpace(tx, service, r)
		if err != nil {
			return err
		}
		spaces, err := tx.LockSpaces(id)
		if err != nil {
			return err
		}
		tried[r.Ref] = spaces[0]
		if out, err = applyReport(tx, tried, SpaceReport{Ref: r.Ref, Report: r.Report}, now); err == nil && out.Code != "" {
			return errNotMade
		}
		return err
	})
	if errors.Is(err, errNotMade) {
		out.Space = ""
		return out, nil
	}
	maps.Copy(known, tried)
	return out, err
}

// newSpace makes a space from its first report. Facts may be left out: everything but its name is then unknown.
func newSpace(tx Tx, service schema.Service, r SpaceReport) (schema.SpaceID, error) {
	facts := schema.Space{}
	if r.Facts != nil {
		facts = *r.Facts
	}
	facts.ID, facts.Service, facts.Ref = "", service.ID, r.Ref
	return tx.PutSpace(facts)
}

// applyReport settles one report with what is claimed on the space, and keeps changed facts. A report against two claims ends the one it names
// and is told of the other.
func applyReport(tx Tx, known map[string]SpaceNow, r SpaceReport, now time.Time) (SpaceOutcome, error) {
	sp := known[r.Ref]
	out := SpaceOutcome{Ref: r.Ref, Space: sp.Space.ID}
	if v := r.Report.Version; v != nil && *v < sp.ReportVersion {
		out.Code, out.Version, out.Newest = "stale", *v, sp.ReportVersion
		out.Words = "A newer report on this space exists. Look at it, then send yours again with its version."
		return out, nil
	}
	for c, words := contradicted(sp, r.Report); c != nil; c, words = contradicted(sp, r.Report) {
		if r.Report.Claim != c.ID {
			out.Code, out.Claim, out.Words = "claimed", c.ID, words
			return out, nil
		}
		if err := endContradicted(tx, *c, now); err != nil {
			return out, err
		}
		forget(known, c.ID)
		sp = known[r.Ref]
	}
	if r.Facts == nil {
		return out, nil
	}
	facts := *r.Facts
	facts.ID, facts.Service, facts.Ref = sp.Space.ID, sp.Service, sp.Space.Ref
	if sameFacts(facts, sp.Space) {
		return out, nil
	}
	_, err := tx.PutSpace(facts)
	if refusal, ok := schema.AsRefusal(err); ok && refusal.Code == "claimed" {
		out.Code, out.Claim, out.Words = "claimed", refusal.Claim, refusal.Words
		return out, nil
	}
	return out, err
}

// contradicted finds the live claim a report speaks against. Taken on an agreed arrival agrees with it.
func contradicted(sp SpaceNow, r schema.Report) (*ClaimNow, string) {
	for i, c := range sp.Claims {
		switch {
		case c.Kind == schema.Promise && !r.Free():
			if r.State == schema.Taken && c.HoldState == schema.Agreed {
				continue
			}
			return &sp.Claims[i], "A household is due here (" + c.HoldCode + "). Send the report again naming it, and the helpline is told that the place has gone."
		case c.Kind == schema.Occupancy && (r.State == schema.Available || r.State == schema.Closed || r.State == schema.OutOfUseFor):
			return &sp.Claims[i], "A household lives here (" + c.HoldCode + "). Send the report again naming it, to say that the resident has moved on."
		}
	}
	return nil, ""
}

// forget takes an ended claim off every space of the message: it stood on each that shares a room with its own.
func forget(known map[string]SpaceNow, claim schema.ClaimID) {
	for ref, sp := range known {
		sp.Claims = slices.DeleteFunc(slices.Clone(sp.Claims), func(c ClaimNow) bool { return c.ID == claim })
		known[ref] = sp
	}
}

// endContradicted ends the claim a report named: the promise because the place is gone, the occupancy because the resident moved on.
func endContradicted(tx Tx, c ClaimNow, now time.Time) error {
	return tx.Across(func() error {
		if c.Kind == schema.Occupancy {
			return moveOn(tx, c, now)
		}
		h, err := tx.LockHold(c.Hold)
		if err != nil {
			return err
		}
		h, err = h.Finish("place_gone", now)
		if err != nil {
			return err
		}
		return endHold(tx, h)
	})
}

func moveOn(tx Tx, c ClaimNow, now time.Time) error {
	p, err := tx.LockPlacementOfClaim(c.ID)
	if err != nil {
		return err
	}
	if p, err = p.Ended(now); err != nil {
		return err
	}
	if err := tx.SavePlacement(p); err != nil {
		return err
	}
	if err := tx.EndClaim(c.ID, "moved_on"); err != nil {
		return err
	}
	if err := tx.Record(Event{What: "moved_on", Subject: string(p.ID)}); err != nil {
		return err
	}
	return tx.Bump(c.Space)
}

func sameFacts(a, b schema.Space) bool {
	if len(a.Rooms) == 0 {
		a.Rooms = []string{a.Ref}
	}
	a.Rooms, b.Rooms = slices.Sorted(slices.Values(a.Rooms)), slices.Sorted(slices.Values(b.Rooms))
	return reflect.DeepEqual(a, b)
}
