package web

import (
	"strconv"
	"strings"
	"time"

	"haven/schema"
)

// reportValue writes a report as the value of one button, so that one tap is one complete report: "getting_ready from=2026-11-22T16:00:00Z".
// parseReport reads it back.
func reportValue(r schema.Report) string {
	var b strings.Builder
	b.WriteString(string(r.State))
	for _, part := range []struct{ name, value string }{{"from", stampOf(r.From)}, {"until", stampOf(r.Until)}, {"why", r.Why}, {"ends", string(r.Claim)}} {
		if part.value != "" {
			b.WriteString(" " + part.name + "=" + part.value)
		}
	}
	return b.String()
}

func stampOf(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func parseReport(value string) (schema.Report, error) {
	state, rest, _ := strings.Cut(strings.TrimSpace(value), " ")
	r := schema.Report{State: schema.State(state)}
	for _, part := range strings.Fields(rest) {
		name, said, _ := strings.Cut(part, "=")
		if err := setReport(&r, name, said); err != nil {
			return r, err
		}
	}
	return r, nil
}

func setReport(r *schema.Report, name, said string) error {
	switch name {
	case "why":
		r.Why = said
		return nil
	case "ends":
		r.Claim = schema.ClaimID(said)
		return nil
	case "from", "until":
		at, err := time.Parse(time.RFC3339, said)
		if err != nil {
			return schema.Invalid(name, "The time was not understood. Go back to your spaces and choose it again")
		}
		if name == "from" {
			r.From = &at
		} else {
			r.Until = &at
		}
		return nil
	}
	return schema.Invalid("report", "The change was not understood. Go back to your spaces and choose it again")
}

// postedReport is what a card's form says: the button's report, a time chosen beside it, and the version the person saw.
func (v *visit) postedReport() (schema.Report, error) {
	r, err := parseReport(v.PostFormValue("report"))
	if err != nil {
		return r, err
	}
	if until := v.PostFormValue("until"); until != "" && r.State == schema.OutOfUseFor {
		if err := setReport(&r, "until", until); err != nil {
			return r, err
		}
	}
	if seen := v.PostFormValue("version"); seen != "" {
		version, err := strconv.ParseInt(seen, 10, 64)
		if err != nil {
			return r, schema.Invalid("version", "The change was not understood. Go back to your spaces and choose it again")
		}
		r.Version = &version
	}
	return r, nil
}

// reportWords are what a report sets a space to.
func reportWords(r schema.Report, now time.Time) string {
	v := schema.Vacancy{Status: schema.Status(r.State), From: r.From, Until: r.Until}
	words := statusWords(v, now)
	if r.State == schema.OutOfUseFor && r.Why != "" {
		words = strings.Replace(words, "Out of use", "Out of use – "+strings.ToLower(schema.OutOfUse.Words(r.Why)), 1)
	}
	return words
}
