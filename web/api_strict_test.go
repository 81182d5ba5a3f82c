package web

import (
	"net/http"
	"strings"
	"testing"

	"haven/schema"
)

// TestAPIBadBodies: each is refused by the name of the field, and nothing is done.
func TestAPIBadBodies(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct{ what, body, field string }{
		{"not JSON", `{"household":`, "body"},
		{"no object", `[1]`, "body"},
		{"two objects", aNeed + `{}`, "body"},
		{"trailing text", aNeed + ` and more`, "body"},
		{"unknown field", `{"household":{"adults":[{}]},"name":"x"}`, "name"},
		{"unknown field inside", `{"household":{"adults":[{"name":"x"}]}}`, "household.adults[0].name"},
		{"capitals", `{"Household":{"adults":[{}]}}`, "Household"},
		{"twice", `{"household":{"adults":[{}]},"recourse":"yes","recourse":"no"}`, "recourse"},
		{"wrong type", `{"household":{"adults":[{"age":"30"}]}}`, "household.adults[0].age"},
		{"part of a year", `{"household":{"adults":[{"age":30.5}]}}`, "household.adults[0].age"},
		{"nothing in a list", `{"household":{"adults":[null]}}`, "household.adults[0]"},
		{"nobody", `{}`, "household.adults"},
		{"a child of 40", `{"household":{"adults":[{}],"children":[{"age":40}]}}`, "household.children[0].age"},
		{"a postcode that does not exist", `{"household":{"adults":[{}]},"avoid":[{"area":"B11 4AB"},{"area":"QQ7"}]}`, "avoid[1].area"},
		{"no area", `{"household":{"adults":[{}]},"avoid":[{}]}`, "avoid[0].area"},
		{"a time without offset", `{"household":{"adults":[{}]},"arrive_by":"2026-11-21T16:00:00"}`, "arrive_by"},
		{"a fact that is none", `{"household":{"adults":[{}]},"wheelchair":"maybe"}`, "wheelchair"},
		{"a margin too wide", `{"household":{"adults":[{}]},"avoid":[{"area":"B11","margin_miles":900}]}`, "avoid[0].margin_miles"},
		{"support that is no fact", `{"household":{"adults":[{}]},"support":{"alcohol":true}}`, "support.alcohol"},
		{"support that is not in the list", `{"household":{"adults":[{}]},"support":{"magic":"yes"}}`, "support"},
		{"support twice", `{"household":{"adults":[{}]},"support":{"alcohol":"yes","alcohol":"no"}}`, "support.alcohol"},
		{"support as a list", `{"household":{"adults":[{}]},"support":["alcohol"]}`, "support"},
		{"a wish for nothing known", `{"household":{"adults":[{}]},"wishes":[{"code":"sea","tier":"nice"}]}`, "wishes[0].code"},
		{"a wish for nowhere", `{"household":{"adults":[{}]},"wishes":[{"code":"regions","tier":"nice","areas":["Wales","QQ7"]}]}`, "wishes[0].areas[1]"},
		{"an order that must be", `{"household":{"adults":[{}]},"wishes":[{"code":"near","tier":"must"}]}`, "wishes[0].tier"},
		{"a route to nowhere", `{"household":{"adults":[{}]},"routes":[{"from":"B11","to":"QQ7"}]}`, "routes[0].to"},
		{"near without a reason", `{"household":{"adults":[{}]},"near":[{"area":"B11","within_miles":20}]}`, "near[0].because"},
		{"a concession without its route", `{"household":{"adults":[{}]},"funding":{"concession_ends":"2027-03-27"}}`, "funding.concession_ends"},
		{"ten people causing harm", `{"household":{"adults":[{}]},"harm":{"people":10}}`, "harm.people"},
		{"adult 1 as her own partner", `{"household":{"adults":[{"is":"partner"}]}}`, "household.adults[0].is"},
		{"41 ways", `{"household":{"adults":[{}]},"routes":[{}` + strings.Repeat(",{}", schema.MostAreas) + `]}`, "routes"},
		{"what was tried", `{"household":{"adults":[{}]},"declined":[]}`, "declined"},
		{"the ledger's own field", `{"household":{"adults":[{}]},"said_at":"2026-11-21T16:00:00Z"}`, "said_at"},
		{"too large", `{"household":{"adults":[{}]},"now_in":"` + strings.Repeat("x", largestForm) + `"}`, "body"},
	} {
		for _, path := range []string{"/search", "/requests"} {
			p := w.do(schema.RoleHelpline, "POST", path, c.body, http.StatusUnprocessableEntity).problem()
			if p.Field != c.field || p.Detail == "" || p.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s on %s: %+v, want the field %s", c.what, path, p, c.field)
			}
		}
	}
	if n := len(w.openRequests()); n != 0 {
		t.Errorf("%d requests were opened by bad bodies", n)
	}
}

// TestAPISeveralAreas: a name that can mean several areas is not guessed, and each way to write it finds one.
func TestAPISeveralAreas(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	need := func(area string) string { return `{"household":{"adults":[{}]},"avoid":[{"area":"` + area + `"}]}` }
	p := w.do(schema.RoleHelpline, "POST", "/search", need("Newport"), http.StatusUnprocessableEntity).problem()
	_, listed, found := strings.Cut(p.Detail, "Write one of: ")
	if p.Code != "several_areas" || p.Field != "avoid[0].area" || !found {
		t.Fatalf("Newport: %+v", p)
	}
	for code := range strings.SplitSeq(listed, "; ") {
		w.do(schema.RoleHelpline, "POST", "/search", need(code), http.StatusOK)
	}
}

// TestAPIAnswersSayYesOrNo: a yes or no that was left out is never read as one.
func TestAPIAnswersSayYesOrNo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct {
		role              schema.Role
		path, body, field string
	}{
		{schema.RoleManager, "/answer", `{"reason":"no_staff"}`, "can_take"},
		{schema.RoleManager, "/answer", `{"can_take":null}`, "can_take"},
		{schema.RoleManager, "/answer", `{"can_take":true,"reason":"no_staff"}`, "reason"},
		{schema.RoleHelpline, "/survivor-answer", `{}`, "takes"},
		{schema.RoleHelpline, "/release", `{"why":"x"}`, "why"},
	} {
		if p := w.do(c.role, "POST", "/holds/"+unknownID+c.path, c.body, http.StatusUnprocessableEntity).problem(); p.Field != c.field {
			t.Errorf("%s %s: %+v, want the field %s", c.path, c.body, p, c.field)
		}
	}
}

// FuzzStrictly: whatever is sent, it is refused by a refusal that names a field, or understood; never a panic.
func FuzzStrictly(f *testing.F) {
	for _, seed := range []string{aNeed, `{}`, `{"household":null}`, `{"avoid":[{"area":"B11","margin_miles":1e3}]}`, `{"household":{"adults":[{"age":1e999}]}}`, `{"a":`, `{"":0}`, `{"support":{"":"yes"}}`, `[]`, "\x00"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var need apiNeed
		err := strictly(raw, &need)
		if err == nil {
			return
		}
		if r, ok := schema.AsRefusal(err); !ok || r.Field == "" || r.Words == "" {
			t.Errorf("%q: %v", raw, err)
		}
	})
}
