package web

import (
	"net/http"
	"slices"
	"testing"

	"haven/schema"
)

// TestAPIHoldsEnd: each way a hold ends short of arrival, whose it was, and that the place is free again for the next.
func TestAPIHoldsEnd(t *testing.T) {
	t.Parallel()
	type act struct {
		role       schema.Role
		path, body string
	}
	w := newWorld(t)
	space := w.publish("1")[0]
	for _, c := range []struct {
		acts        []act
		end, reason string
		by          schema.EndedBy
	}{
		{[]act{{schema.RoleHelpline, "/release", ""}}, "released", "", schema.ByHelpline},
		{[]act{{schema.RoleManager, "/answer", `{"can_take":false,"reason":"wrong_referral"}`}}, "cannot_take", "wrong_referral", schema.ByWrong},
		{[]act{{schema.RoleHelpline, "/survivor-answer", `{"takes":false}`}}, "decided_not", "not_asked", schema.BySurvivor},
		{[]act{
			{schema.RoleHelpline, "/survivor-answer", `{"takes":true}`},
			{schema.RoleManager, "/answer", `{"can_take":true}`},
			{schema.RoleHelpline, "/non-arrival", ""},
		}, "did_not_arrive", "", schema.ByUnreachable},
	} {
		r := w.request(aNeed)
		h := w.hold(r.ID, space)
		if a := w.do(schema.RoleHelpline, "POST", "/holds/"+string(h.ID)+"/non-arrival", "", http.StatusConflict); a.problem().Code != "not_agreed" {
			t.Errorf("no arrival where nothing was agreed: %s", a.body)
		}
		for _, a := range c.acts {
			h = into[apiHoldBody](t, w.do(a.role, "POST", "/holds/"+string(h.ID)+a.path, a.body, http.StatusOK))
		}
		if h.State != schema.Ended || h.End != c.end || h.EndReason != c.reason || h.EndedBy != c.by || h.EndedAt == nil {
			t.Errorf("%s: %+v", c.end, h)
		}
		if a := w.do(schema.RoleHelpline, "POST", "/holds/"+string(h.ID)+"/extend", "", http.StatusConflict); a.problem().Code != "hold_ended" {
			t.Errorf("extending what ended: %s", a.body)
		}
	}
}

// TestAPIHoldThatDoesNotFit names every rule against it, and one over the limit says so.
func TestAPIHoldThatDoesNotFit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	spaces := w.publish("1", "2", "3")
	tooMany := w.request(`{"household":{"adults":[{"as":"man"},{"as":"man"},{"as":"man"},{"as":"man"},{"as":"man"}]},"avoid":[{"area":"CV1"}]}`)
	p := w.do(schema.RoleHelpline, "POST", "/requests/"+string(tooMany.ID)+"/holds", `{"space":"`+string(spaces[0])+`"}`, http.StatusConflict).problem()
	if p.Code != "does_not_fit" || !slices.Equal(p.Reasons, []string{"area_to_avoid", "room"}) {
		t.Errorf("a place that does not fit: %+v", p)
	}

	r := w.request(aNeed)
	w.hold(r.ID, spaces[0])
	w.hold(r.ID, spaces[1])
	p = w.do(schema.RoleHelpline, "POST", "/requests/"+string(r.ID)+"/holds", `{"space":"`+string(spaces[2])+`"}`, http.StatusConflict).problem()
	if p.Code != "two_holds" {
		t.Errorf("a third hold: %+v", p)
	}
	for _, space := range []string{unknownID, "no-id"} {
		w.do(schema.RoleHelpline, "POST", "/requests/"+string(r.ID)+"/holds", `{"space":"`+space+`"}`, http.StatusNotFound)
	}
}
