package allocator

import "haven/schema"

// required is one thing that somebody in the household may need, with what the service says of it. Every rule of access is a list of these.
type required struct {
	need, place schema.Fact
	// hers is how it reads as her value, and what stands after the rule's verb: "The service takes" what.
	hers, what string
}

// stated are the words in which a service says yes, no or nothing of a thing. The service, or its space, is always the subject.
type stated struct {
	does, doesNot, ask string // each goes before what is required
	yes, no            string // the place's value
	// none is the sentence where nobody asked.
	none string
}

// judge: a need nobody mentioned rules nothing out, and a place nobody described is asked about. Of several the worst decides, and only what
// makes it the worst is named.
func (s *stated) judge(q *question, rows ...required) Finding {
	worst, asked := Fits, false
	for i := range rows {
		r := &rows[i]
		if !r.asked() {
			continue
		}
		asked = true
		if v := r.verdict(); v.rank() > worst.rank() {
			worst = v
		}
	}
	home := q.atHome()
	if home {
		worst = Fits
	}
	if q.quiet {
		return Finding{Verdict: worst}
	}
	switch {
	case !asked:
		return fits(notAsked(rows), s.value(rows, false), s.none)
	case home:
		return fits(hersOf(rows), "Their own home", "They stay in their own home.")
	}
	var what []string
	for _, r := range rows {
		if r.asked() && r.verdict() == worst {
			what = append(what, r.what)
		}
	}
	places := s.value(rows, true)
	switch worst {
	case DoesNotFit:
		return bars(hersOf(rows), places, s.doesNot+" "+listed(what, "or")+".")
	case CheckFirst:
		return check(hersOf(rows), places, s.ask+" "+listed(what, "and")+".")
	}
	return fits(hersOf(rows), places, s.does+" "+listed(what, "and")+".")
}

// perhaps is a need of somebody who may or may not be so by the day of arrival.
const perhaps schema.Fact = "perhaps"

func (r *required) asked() bool { return r.need != schema.Unknown && r.need != schema.No }

// verdict of something asked for. A need that is neither yes nor no cannot be ruled out by a no.
func (r *required) verdict() Verdict {
	switch {
	case r.place == schema.Yes:
		return Fits
	case r.place == schema.No && r.need == schema.Yes:
		return DoesNotFit
	}
	return CheckFirst
}

// value is what the place says of the rows, or of those asked for: no where it says no to one, yes where it says yes to all.
func (s *stated) value(rows []required, asked bool) string {
	words := s.yes
	for _, r := range rows {
		if asked && !r.asked() {
			continue
		}
		switch r.place {
		case schema.Yes:
		case schema.No:
			return s.no
		default:
			words = notSaid
		}
	}
	return words
}

func hersOf(rows []required) string {
	var parts []string
	for _, r := range rows {
		if r.asked() {
			parts = append(parts, r.hers)
		}
	}
	return listed(parts, "and")
}

// notAsked is her value where she asked for nothing of it. It is a no only where she said no to all.
func notAsked(rows []required) string {
	for _, r := range rows {
		if r.need != schema.No {
			return notSaid
		}
	}
	return "Not needed"
}

const notSaid = "Not said"

// placeFact is the key of a rule that reads one fact of a place, and the kind for works at home.
type placeFact struct {
	atHome bool
	fact   schema.Fact
}

// twoFacts is the same of two.
type twoFacts struct {
	atHome   bool
	one, two schema.Fact
}
