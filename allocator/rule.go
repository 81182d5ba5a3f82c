package allocator

// Rule is one hard rule: it can rule a place out or have it checked first, never raise it in the order.
type Rule struct {
	Code  string // permanent, kept with every hold and counted
	Words string // what staff call it
	Fact  string // the fact it reads
	// WhenUnknown says what it does when that fact was not said.
	WhenUnknown string
	// Safety rules are never relaxed and never offered as "the one change".
	Safety bool
	Source string
	// Unmet is the schema.UnmetReasons code it puts forward when it bars.
	Unmet string

	judge func(*question) Finding
}

// version changes with every change of a rule's verdict; each hold keeps the one it was made under, so that a review knows which rules spoke.
const version = "2026-11.1"

// Version of the rules.
func Version() string { return version }

// Rules lists every rule in the order their findings are shown: where, what and whom first, then the room, then when.
func Rules() []Rule {
	return []Rule{
		areaToAvoid(),
		excludedArea(),
		provision(),
		takes(),
		room(),
		boysAge(),
		wheelchair(),
		limitedMobility(),
		recourse(),
		ready(),
		freshness(),
	}
}
