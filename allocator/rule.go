package allocator

import (
	"slices"

	"haven/schema"
)

// Rule is one hard rule: it can rule a place out or have it checked first, never raise it in the order.
type Rule struct {
	Code  string // permanent, kept with every hold and counted
	Words string // what staff call it
	Fact  string // the fact it reads
	// WhenUnknown says what it does when that fact was not said.
	WhenUnknown string
	// Safety rules are never relaxed and never offered as "the one change".
	Safety bool
	// ConfirmsArea: what it has checked first is the service's area, so that the service confirms it before it says yes (S4).
	ConfirmsArea bool
	// AsksOnly: the worst it says is check first.
	AsksOnly bool
	// Relax is the code of the one change by which she may choose to do without; empty where the fact is no choice of hers.
	Relax  string
	Source string
	// Unmet is the schema.UnmetReasons code it puts forward when it bars.
	Unmet string

	// onlyIfSaid: it speaks only of what somebody said. A need with the key of one that says nothing at all fits every place.
	onlyIfSaid bool

	judge func(*question) Finding
	// place and need sum up all that the verdict turns on, each as a value that can be compared: two places with equal values get equal verdicts
	// from one need, and two needs with equal values get equal verdicts from one place. Words may differ. Nil: no two are known to be alike.
	place func(*schema.Place) any
	need  func(*schema.Need) any
}

func (r *Rule) needKey(n *schema.Need) any {
	if r.need == nil {
		return nil
	}
	return r.need(n)
}

func (r *Rule) placeKey(p *schema.Place) any {
	if r.place == nil {
		return nil
	}
	return r.place(p)
}

// version changes with every change of a rule's verdict; each hold keeps the one it was made under, so that a review knows which rules spoke.
const version = "2026-11.3"

// Version of the rules.
func Version() string { return version }

// Rules lists every rule in the order their findings are shown: where, what and whom first, then the room, then how and when. A new rule is a
// file rule_<noun>.go and one line in its group.
func Rules() []Rule {
	return slices.Concat(where(), kinds(), whom(), rooms(), access(), money(), when(), musts())
}
