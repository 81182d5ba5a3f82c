package web

import (
	"net/http"
	"slices"

	"haven/allocator"
	"haven/exchange"
	"haven/schema"
)

// unmetPage records that no safe place was found. What ruled places out is filled in.
type unmetPage struct {
	Frame
	Request  *requestHead
	Reasons  []option
	Main     string
	Councils []option
	Found    int
}

func showUnmet(v *visit) error {
	r, err := v.web.read.Request(v.Context(), v.actor(), schema.RequestID(v.PathValue("id")))
	if err != nil {
		return err
	}
	if r.State != schema.RequestOpen {
		return v.redirect("/requests/" + string(r.ID))
	}
	list, err := v.web.exchange.Search(v.actor(), r.Need, v.now)
	if err != nil {
		return err
	}
	reasons := allocator.UnmetReasons(list)
	main := ""
	if len(reasons) > 0 {
		main = reasons[0]
	}
	return v.unmet(http.StatusOK, r, main, reasons, "", nil)
}

func (v *visit) unmet(status int, r schema.Request, main string, chosen []string, council string, wrong *schema.Refusal) error {
	councils, err := v.web.read.Councils(v.Context())
	if err != nil {
		return err
	}
	p := unmetPage{Frame: v.frame("No place was found"), Request: headOf(r, v), Main: main}
	p.Error = wrong
	for _, c := range schema.UnmetReasons {
		p.Reasons = append(p.Reasons, option{Value: c.Code, Label: c.Words, Chosen: slices.Contains(chosen, c.Code)})
	}
	// What the search says comes first, the main reason at the top, so that one key records it.
	slices.SortStableFunc(p.Reasons, func(a, b option) int { return rank(chosen, a.Value) - rank(chosen, b.Value) })
	for _, c := range councils {
		p.Councils = append(p.Councils, option{Value: string(c.ID), Label: c.Name, Chosen: string(c.ID) == council})
	}
	return v.page(status, "request_unmet", p)
}

func rank(chosen []string, code string) int {
	if i := slices.Index(chosen, code); i >= 0 {
		return i
	}
	return len(chosen)
}

func recordUnmet(v *visit) error {
	id := schema.RequestID(v.PathValue("id"))
	values := v.PostForm
	main, also, council := values.Get("main"), values["reason"], values.Get("council")
	var reasons []string
	if main != "" {
		reasons = append(reasons, main)
	}
	for _, code := range also {
		if code != main {
			reasons = append(reasons, code)
		}
	}
	var err error
	if main == "" {
		err = schema.Invalid("main-0", "Choose the main reason why no place was found")
	} else {
		_, err = v.web.exchange.RecordUnmet(v.Context(), v.actorFor("unmet"), exchange.Unmet{Request: id, Reasons: reasons, Council: schema.OrganisationID(council)})
	}
	if refusal, ok := schema.AsRefusal(err); ok && refusal.Kind == schema.KindInvalid {
		r, err := v.web.read.Request(v.Context(), v.actor(), id)
		if err != nil {
			return err
		}
		return v.unmet(http.StatusUnprocessableEntity, r, main, reasons, council, refusal)
	}
	if err != nil {
		return err
	}
	return v.redirect("/requests/" + string(id))
}

func sleepsWords(code schema.SleepsCode) string { return schema.Sleeps.Words(string(code)) }
