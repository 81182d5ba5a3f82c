package exchange_test

import (
	"crypto/sha256"
	"testing"

	"github.com/google/uuid"

	"haven/exchange"
	"haven/schema"
)

// line is a provider's key with a session on it.
type line struct {
	*town
	key     schema.KeyID
	session string
}

func (w *town) line(t testing.TB) *line {
	t.Helper()
	l := &line{town: w, key: schema.KeyID(uuid.NewString()), session: "first"}
	hash := sha256.Sum256([]byte(l.key))
	if err := w.db.PutFeedKey(t.Context(), l.key, hash[:], w.manager.Organisation, "test"); err != nil {
		t.Fatal(err)
	}
	if last := done(w.x.OpenFeed(t.Context(), l.key, w.manager.Organisation, l.session)).must(t, "open"); last != 0 {
		t.Fatalf("a new key has answered %d", last)
	}
	return l
}

func (l *line) send(seq int64, m exchange.FeedMessage) (exchange.FeedAnswer, error) {
	return l.x.Feed(l.Context(), l.key, l.manager.Organisation, l.session, seq, m)
}

func (w *town) publishing(reports ...exchange.SpaceReport) exchange.FeedMessage {
	return exchange.FeedMessage{Publish: &exchange.Publish{Service: w.refuge.ID, Spaces: reports}}
}

// Each number is answered once: the same number again gives the same answer and no second effect, whatever it carries the second time.
func TestFeedAnswersANumberOnce(t *testing.T) {
	t.Parallel()
	l := newTown(t).line(t)
	first := done(l.send(1, l.publishing(available("3")))).must(t, "publish")
	if !first.OK || first.Seq != 1 || len(first.Spaces) != 1 || first.Spaces[0].Version == 0 {
		t.Fatalf("answered %+v", first)
	}
	events := l.count(`SELECT count(*) FROM event`)
	same(t, "number 1 again", done(l.send(1, l.publishing(available("3")))).must(t, "again"), first)
	same(t, "number 1 with other words", done(l.send(1, l.publishing(available("4")))).must(t, "again"), first)
	if n := l.count(`SELECT count(*) FROM event`); n != events {
		t.Errorf("a number sent again had %d effects", n-events)
	}
	_, err := l.send(3, l.publishing(available("5")))
	refused(t, "a gap", err, exchange.CodeGap)
	_, err = l.send(0, l.publishing(available("5")))
	refused(t, "number 0", err, "invalid_field")
	if a := done(l.send(2, l.publishing(available("5")))).must(t, "the next"); !a.OK || a.Seq != 2 {
		t.Errorf("after a gap: %+v", a)
	}
	if n := l.count(`SELECT count(*) FROM space`); n != 2 {
		t.Errorf("%d spaces, want 3 and 5", n)
	}
}

// A refused message is an answered one: its number is used up, its answer stored and repeated.
func TestFeedStoresRefusals(t *testing.T) {
	t.Parallel()
	l := newTown(t).line(t)
	other := l.service(l.rival, nil)
	message := exchange.FeedMessage{Publish: &exchange.Publish{Service: other.ID, Spaces: []exchange.SpaceReport{available("3")}}}
	nack := done(l.send(1, message)).must(t, "another provider's service")
	if nack.OK || nack.Code != "not_found" || nack.Words == "" || nack.Seq != 1 {
		t.Errorf("answered %+v", nack)
	}
	same(t, "again", done(l.send(1, message)).must(t, "again"), nack)
	bad := done(l.send(2, l.publishing(available("3"), available("3")))).must(t, "a space named twice")
	if bad.OK || bad.Code != "invalid_field" || bad.Field != "spaces" {
		t.Errorf("answered %+v", bad)
	}
	why := schema.Invalid("spaces", "spaces must be a list")
	unread := done(l.x.RejectFeed(t.Context(), l.key, l.manager.Organisation, l.session, 3, why)).must(t, "unreadable")
	if unread.OK || unread.Code != "invalid_field" || unread.Field != "spaces" || unread.Seq != 3 {
		t.Errorf("answered %+v", unread)
	}
	same(t, "sent again, readable", done(l.send(3, l.publishing(available("3")))).must(t, "again"), unread)
	if n := l.count(`SELECT count(*) FROM space`); n != 0 {
		t.Errorf("%d spaces were made", n)
	}
	if last := done(l.x.OpenFeed(t.Context(), l.key, l.manager.Organisation, "second")).must(t, "open"); last != 3 {
		t.Errorf("last answered is %d, want 3", last)
	}
}

// What a refused message settled before is kept: the hold it met had run out (S3).
func TestFeedKeepsTheEndingOfWhatItRefused(t *testing.T) {
	t.Parallel()
	l := newTown(t).line(t)
	h := l.hold(l.request(l.worker, nil), l.space("3"))
	l.runOut(h.ID)
	answer := exchange.FeedMessage{Answer: &exchange.Answering{Hold: h.ID, Answer: schema.Answer{Yes: true}}}
	if a := done(l.send(1, answer)).must(t, "answer"); a.OK || a.Code != "hold_ended" {
		t.Errorf("answered %+v", a)
	}
	if got := l.read(h.ID); got.End != "expired" {
		t.Errorf("the hold: %s %s", got.State, got.End)
	}
	l.sound()
}

// A newer session takes over: whatever the older still sends does nothing. A revoked key does nothing at all.
func TestFeedFencesAndRevokes(t *testing.T) {
	t.Parallel()
	l := newTown(t).line(t)
	done(l.send(1, l.publishing(available("3")))).must(t, "publish")
	done(l.x.OpenFeed(t.Context(), l.key, l.manager.Organisation, "second")).must(t, "take over")
	for _, seq := range []int64{1, 2} {
		_, err := l.send(seq, l.publishing(available("4")))
		refused(t, "the older session", err, exchange.CodeFenced)
	}
	l.session = "second"
	if a := done(l.send(2, l.publishing(available("4")))).must(t, "the newer session"); !a.OK {
		t.Errorf("answered %+v", a)
	}
	if err := l.db.RevokeFeedKey(t.Context(), l.key); err != nil {
		t.Fatal(err)
	}
	_, err := l.send(3, l.publishing(available("5")))
	refused(t, "a revoked key", err, exchange.CodeRevoked)
	_, err = l.x.OpenFeed(t.Context(), l.key, l.manager.Organisation, "third")
	refused(t, "a new session of a revoked key", err, exchange.CodeRevoked)
	if n := l.count(`SELECT count(*) FROM space`); n != 2 {
		t.Errorf("%d spaces, want 3 and 4", n)
	}
}

// The whole of what a provider's system does, by numbers alone.
func TestFeedJourney(t *testing.T) {
	t.Parallel()
	l := newTown(t).line(t)
	three := done(l.send(1, exchange.FeedMessage{Snapshot: &exchange.Complete{Publish: *l.publishing(available("3"), available("4")).Publish}})).must(t, "snapshot").Spaces[0].Space
	done(l.send(2, exchange.FeedMessage{Confirm: &exchange.Confirming{Service: l.refuge.ID}})).must(t, "confirm")
	h := l.hold(l.request(l.worker, nil), three)
	claimed := done(l.send(3, l.publishing(says("3", schema.Taken, ""), says("4", schema.Taken, "")))).must(t, "publish")
	if !claimed.OK || claimed.Spaces[0].Code != "claimed" || claimed.Spaces[0].Claim != h.Claim || claimed.Spaces[1].Code != "" {
		t.Errorf("answered %+v", claimed)
	}
	if a := done(l.send(4, exchange.FeedMessage{Answer: &exchange.Answering{Hold: h.ID, Answer: schema.Answer{Yes: true}}})).must(t, "answer"); !a.OK {
		t.Errorf("answered %+v", a)
	}
	if h := l.chosen(h); h.State != schema.Agreed || h.Provided.By != string(l.key) {
		t.Errorf("the hold is %s, answered by %s", h.State, h.Provided.By)
	}
	l.sound()
}

// One number sent 16 times at once, over connections that do not know of each other, is one message.
func TestFeedSameNumberAtOnce(t *testing.T) {
	t.Parallel()
	l := newTown(t).line(t)
	answers := make([]exchange.FeedAnswer, 16)
	race(16, func(i int) {
		var err error
		if answers[i], err = l.send(1, l.publishing(available("3"))); err != nil {
			t.Errorf("publish: %v", err)
		}
	})
	for _, a := range answers {
		same(t, "number 1", a, answers[0])
	}
	if n := l.count(`SELECT count(*) FROM report`); n != 1 {
		t.Errorf("%d reports, want 1", n)
	}
}
