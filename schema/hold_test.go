package schema_test

import (
	"reflect"
	"testing"
	"time"

	"haven/schema"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// held is a hold of half an hour, made at noon.
func held() schema.Hold {
	return schema.Hold{ID: "h", State: schema.Held, HeldAt: noon, ExpiresAt: noon.Add(30 * time.Minute)}
}

func answered(t *testing.T, h schema.Hold, at time.Time) schema.Hold {
	t.Helper()
	h, err := h.Answered(schema.Answer{Yes: true, By: "manager"}, at)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func agreed(t *testing.T) schema.Hold {
	t.Helper()
	h, err := answered(t, held(), noon).Chose(schema.Answer{Yes: true, By: "worker"}, noon)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestHoldIsLiveUntilItsTime(t *testing.T) {
	t.Parallel()
	h := held()
	for _, c := range []struct {
		at   time.Time
		live bool
	}{{noon, true}, {h.ExpiresAt.Add(-time.Nanosecond), true}, {h.ExpiresAt, false}, {h.ExpiresAt.Add(time.Hour), false}} {
		if h.Live(c.at) != c.live || h.Expired(c.at) == c.live {
			t.Errorf("at %s: live %v, expired %v", c.at, h.Live(c.at), h.Expired(c.at))
		}
		if _, err := h.Expire(c.at); (err == nil) == c.live {
			t.Errorf("at %s: expire: %v", c.at, err)
		}
	}
	if a := agreed(t); !a.Live(noon.AddDate(1, 0, 0)) || a.Expired(noon.AddDate(1, 0, 0)) {
		t.Error("an agreed place ran out")
	}
}

func TestServiceSaysYes(t *testing.T) {
	t.Parallel()
	late := noon.Add(29 * time.Minute)
	h := answered(t, held(), late)
	if h.State != schema.Held || h.Provided == nil || !h.Provided.At.Equal(late) {
		t.Errorf("after the service's yes: %s, %+v", h.State, h.Provided)
	}
	if left := h.ExpiresAt.Sub(late); left != schema.AfterYes {
		t.Errorf("the survivor has %s left, want %s", left, schema.AfterYes)
	}
	long := held()
	long.ExpiresAt = noon.Add(time.Hour)
	if got := answered(t, long, noon).ExpiresAt; !got.Equal(noon.Add(time.Hour)) {
		t.Errorf("a yes cut an hour short to %s", got)
	}
	again, err := h.Answered(schema.Answer{Yes: true, By: "other"}, late)
	if err != nil || again.Provided.By != "manager" {
		t.Errorf("a second yes: %v, by %s; want no change", err, again.Provided.By)
	}
	if _, err := h.Answered(schema.Answer{Reason: "no_staff"}, late); !refused(err, schema.KindEnded, "answered", "") {
		t.Errorf("no after yes: %v", err)
	}
}

func TestServiceConfirmsTheAreaBeforeYes(t *testing.T) {
	t.Parallel()
	h := held()
	h.ConfirmArea = true
	if _, err := h.Answered(schema.Answer{Yes: true}, noon); !refused(err, schema.KindInvalid, "confirm_area", "") {
		t.Errorf("yes without confirming: %v", err)
	}
	if _, err := h.Answered(schema.Answer{Reason: "area_not_safe"}, noon); err != nil {
		t.Errorf("a no needs no area: %v", err)
	}
	if _, err := h.Answered(schema.Answer{Yes: true, AreaConfirmed: true}, noon); err != nil {
		t.Errorf("yes with the area confirmed: %v", err)
	}
}

func TestServiceCannotTake(t *testing.T) {
	t.Parallel()
	for _, reason := range schema.CannotTake {
		h, err := held().Answered(schema.Answer{Reason: reason.Code}, noon)
		if err != nil || h.State != schema.Ended || h.End != "cannot_take" || h.EndReason != reason.Code || h.EndedBy != reason.By {
			t.Errorf("%s: %v, %s %s %s by %s", reason.Code, err, h.State, h.End, h.EndReason, h.EndedBy)
		}
	}
	for _, reason := range []string{"", "too_near", "because"} {
		if h, err := held().Answered(schema.Answer{Reason: reason}, noon); !refused(err, schema.KindInvalid, "invalid_field", "reason") || h.Provided != nil {
			t.Errorf("reason %q: %v", reason, err)
		}
	}
}

func TestSurvivorChooses(t *testing.T) {
	t.Parallel()
	for _, reason := range schema.DecidedNot {
		h, err := held().Chose(schema.Answer{Reason: reason.Code}, noon)
		if err != nil || h.State != schema.Ended || h.End != "decided_not" || h.EndReason != reason.Code || h.EndedBy != schema.BySurvivor {
			t.Errorf("%s: %v, %s %s %s by %s", reason.Code, err, h.State, h.End, h.EndReason, h.EndedBy)
		}
	}
	if h, err := held().Chose(schema.Answer{}, noon); err != nil || h.EndReason != "not_asked" {
		t.Errorf("she need not say why: %v, %q", err, h.EndReason)
	}
	if _, err := held().Chose(schema.Answer{Reason: "no_staff"}, noon); !refused(err, schema.KindInvalid, "invalid_field", "reason") {
		t.Errorf("a service's reason: %v", err)
	}
	if h, err := agreed(t).Chose(schema.Answer{Reason: "too_far"}, noon.AddDate(0, 0, 1)); err != nil || h.State != schema.Ended {
		t.Errorf("she may change her mind about an agreed place: %v", err)
	}
}

func TestBothSayYesInEitherOrder(t *testing.T) {
	t.Parallel()
	first, err := held().Chose(schema.Answer{Yes: true}, noon)
	if err != nil || first.State != schema.Held {
		t.Fatalf("her yes alone: %v, %s", err, first.State)
	}
	if h := answered(t, first, noon); h.State != schema.Agreed || h.AgreedAt == nil || !h.AgreedAt.Equal(noon) {
		t.Errorf("her yes, then theirs: %s", h.State)
	}
	h := agreed(t)
	if h.State != schema.Agreed {
		t.Errorf("their yes, then hers: %s", h.State)
	}
	if again, err := h.Chose(schema.Answer{Yes: true, By: "other"}, noon.Add(time.Hour)); err != nil || again.Survivor.By != "worker" || !again.AgreedAt.Equal(noon) {
		t.Errorf("her second yes changed the first: %v", err)
	}
}

func TestExtend(t *testing.T) {
	t.Parallel()
	h := held()
	var err error
	for i := range schema.MostExtensions {
		if h, err = h.Extend(noon); err != nil {
			t.Fatalf("extension %d: %v", i+1, err)
		}
	}
	if want := noon.Add(180 * time.Minute); !h.ExpiresAt.Equal(want) {
		t.Errorf("extended ten times: until %s, want %s", h.ExpiresAt, want)
	}
	if _, err := h.Extend(noon); !refused(err, schema.KindTaken, "extended_enough", "") {
		t.Errorf("eleventh extension: %v", err)
	}
	if _, err := agreed(t).Extend(noon); !refused(err, schema.KindEnded, "agreed", "") {
		t.Errorf("an agreed place: %v", err)
	}
}

func TestFinish(t *testing.T) {
	t.Parallel()
	others := map[string]bool{"expired": true, "cannot_take": true, "decided_not": true} // the clock's and the answers' own
	for _, row := range schema.HoldEnds {
		h, err := agreed(t).Finish(row.Code, noon)
		if others[row.Code] {
			if !refused(err, schema.KindInvalid, "invalid_field", "end") {
				t.Errorf("%s, which has a verb of its own: %v", row.Code, err)
			}
			continue
		}
		if err != nil || h.State != schema.Ended || h.End != row.Code || h.EndedBy != row.By || h.EndedAt == nil {
			t.Errorf("%s: %v, %s by %s", row.Code, err, h.End, h.EndedBy)
		}
	}
	if _, err := held().Finish("gone", noon); !refused(err, schema.KindInvalid, "invalid_field", "end") {
		t.Errorf("an end that is not in the list: %v", err)
	}
}

func TestArrive(t *testing.T) {
	t.Parallel()
	if _, err := held().Arrive(noon); !refused(err, schema.KindEnded, "not_accepted", "") {
		t.Errorf("before the service said yes: %v", err)
	}
	chosen, err := held().Chose(schema.Answer{Yes: true}, noon)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := chosen.Arrive(noon); !refused(err, schema.KindEnded, "not_accepted", "") {
		t.Errorf("on her yes alone: %v", err)
	}
	h, err := answered(t, held(), noon).Arrive(noon)
	if err != nil || h.State != schema.Arrived || h.Survivor == nil || !h.Survivor.Yes || h.AgreedAt == nil {
		t.Errorf("arriving is her yes: %v, %s", err, h.State)
	}
	if again, err := h.Arrive(noon.Add(time.Hour)); err != nil || !again.AgreedAt.Equal(noon) {
		t.Errorf("recorded twice: %v", err)
	}
	if _, err := agreed(t).Arrive(noon.AddDate(0, 0, 3)); err != nil {
		t.Errorf("an agreed place waits: %v", err)
	}
}

// Whoever comes late is told hold_ended, with how it ended, and changes nothing.
func TestLateAnswers(t *testing.T) {
	t.Parallel()
	expired := noon.Add(30 * time.Minute)
	ended, err := held().Finish("released", noon)
	if err != nil {
		t.Fatal(err)
	}
	arrived, err := agreed(t).Arrive(noon)
	if err != nil {
		t.Fatal(err)
	}
	for name, over := range map[string]schema.Hold{"run out": held(), "ended": ended, "arrived": arrived} {
		for act, verb := range verbs() {
			if act == "expire" || act == "arrive" && name == "arrived" {
				continue
			}
			got, err := verb(over, expired)
			if !refused(err, schema.KindEnded, "hold_ended", "") || !reflect.DeepEqual(got, over) {
				t.Errorf("%s on a hold that has %s: %v, %s", act, name, err, got.State)
			}
		}
	}
}
