package schema_test

import (
	"testing"
	"time"

	"haven/schema"
)

// Waiting is a state of an open request only, and each start and end of it is a version.
func TestRequestWaits(t *testing.T) {
	t.Parallel()
	r, err := open().Wait(noon)
	if err != nil || !r.Waits() || !r.WaitingSince.Equal(noon) || r.Version != 2 {
		t.Fatalf("asked to keep looking: %v, since %s, version %d", err, r.WaitingSince, r.Version)
	}
	if again, err := r.Wait(noon.Add(time.Hour)); err != nil || !again.WaitingSince.Equal(noon) || again.Version != 2 {
		t.Errorf("asked again: %v, since %s, version %d; want as it was", err, again.WaitingSince, again.Version)
	}
	stopped := r.StopWaiting()
	if stopped.Waits() || stopped.Version != 3 || stopped.StopWaiting().Version != 3 {
		t.Errorf("stopped: waits %v, version %d", stopped.Waits(), stopped.Version)
	}
	placed, _ := r.Place(noon)
	unmet, _ := r.Unmet([]string{"no_space_free"}, noon)
	for name, over := range map[string]schema.Request{"placed": placed, "unmet": unmet} {
		if over.Waits() {
			t.Errorf("a request that is %s still waits", name)
		}
		if _, err := over.Wait(noon); !refused(err, schema.KindEnded, "request_ended", "") {
			t.Errorf("keep looking for a request that is %s: %v", name, err)
		}
	}
	if changed, err := r.Change(r.Need, noon); err != nil || !changed.WaitingSince.Equal(noon) {
		t.Errorf("new facts end the waiting: %v", err)
	}
}

// What was tried stays with the request whatever facts are typed after it.
func TestWhatWasTriedIsKept(t *testing.T) {
	t.Parallel()
	tried := schema.Declined{Service: "s", Space: "3", By: schema.ByService, Why: "no_staff"}
	r := open().Decline(tried)
	if r.Version != 2 || len(r.Need.Declined) != 1 || r.Need.Declined[0] != tried {
		t.Fatalf("version %d, tried %v", r.Version, r.Need.Declined)
	}
	for name, typed := range map[string][]schema.Declined{
		"nothing": nil, "another": {{Service: "x", By: schema.BySurvivor, Why: "too_far"}},
	} {
		need := open().Need
		need.Declined = typed
		changed, err := r.Change(need, noon)
		if err != nil || len(changed.Need.Declined) != 1 || changed.Need.Declined[0] != tried {
			t.Errorf("after a form that says %s: %v, tried %v", name, err, changed.Need.Declined)
		}
	}
}
