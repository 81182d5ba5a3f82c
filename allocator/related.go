package allocator

import "haven/schema"

// howUnsaid is what each rule of how adults belong together does where nobody said.
const howUnsaid = "where nobody said how an adult belongs to the first, check first if the service states a no to couples, to adult children or to carers; one of the three asks"

// related: who moves with the household is listed, so nobody is of a kind that no adult was said to be, once all after the first were said to be of one.
func related(n *schema.Need, is string) schema.Fact {
	f := schema.No
	for i, a := range n.Household.Adults {
		switch {
		case a.Is == is:
			return schema.Yes
		case a.Is == "" && i > 0:
			f = schema.Unknown
		}
	}
	return f
}

// judgeRelated: how somebody belongs to the first adult, where nobody said it, matters only to a service that states a no. The first of its noes asks,
// because one answer settles all.
func (s *stated) judgeRelated(q *question, is string, rows ...required) Finding {
	f := s.judge(q, rows...)
	if f.Verdict != Fits || q.atHome() || related(q.need, is) != schema.Unknown || firstNo(&q.place.Service.Takes) != is {
		return f
	}
	if q.quiet {
		return Finding{Verdict: CheckFirst}
	}
	return check("How the adults belong together was not said", s.no, s.doesNot+" "+rows[0].what+": ask how the adults belong together.")
}

// firstNo is which of the adults who come with another the service states that it does not take; empty where it states no such thing.
func firstNo(t *schema.Takes) string {
	switch schema.No {
	case t.Couples:
		return schema.PartnerOf
	case t.AdultChildren:
		return schema.AdultChildOf
	case t.Carers:
		return schema.CarerOf
	}
	return ""
}
