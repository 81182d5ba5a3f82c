package allocator

import (
	"strings"

	"haven/schema"
)

// support reads what is required, never a diagnosis. A need rules out only a service that says of itself that it cannot meet it.
func support() Rule {
	says := &stated{
		does: "The service gives", doesNot: "The service states that it cannot give", ask: "Ask the service whether it gives",
		yes: "Gives this support", no: "Cannot give this support", none: "No support was asked for.",
	}
	return Rule{
		Code:        "support",
		Words:       "Support",
		Fact:        "each kind of support that is required, against what the service can give",
		WhenUnknown: "check first when it is required and the service has not said",
		Source:      "stated by the service; needs are support required, not a disqualifier",
		Unmet:       "support_need",
		onlyIfSaid:  true,
		judge: func(q *question) Finding {
			if q.quiet && len(q.need.Support) == 0 {
				return Finding{Verdict: Fits}
			}
			rows := make([]required, len(schema.SupportNeeds))
			for i, row := range schema.SupportNeeds {
				rows[i] = required{need: q.need.Support[row.Code], place: q.place.Service.Takes.Support[row.Code], hers: row.Words}
				if !q.quiet {
					rows[i].what = inSentence(row.Words)
				}
			}
			return says.judge(q, rows...)
		},
		place: func(p *schema.Place) any {
			return placeFacts{atHome(p), factsKey(p.Service.Takes.Support, schema.SupportNeeds)}
		},
		need: func(n *schema.Need) any { return factsKey(n.Support, schema.SupportNeeds) },
	}
}

// inSentence: the words of a list begin with a capital that they do not keep inside a sentence.
func inSentence(words string) string { return strings.ToLower(words[:1]) + words[1:] }

// placeFacts is the key of a rule that reads one fact for each code of a list.
type placeFacts struct {
	atHome bool
	facts  string
}

// factsKey writes the facts of a list in its order. It is empty where none of them was said.
func factsKey(facts map[string]schema.Fact, list schema.Codes) string {
	if len(facts) == 0 {
		return ""
	}
	var k keyed
	unsaid := true
	for _, row := range list {
		f := facts[row.Code]
		k.text(string(f))
		unsaid = unsaid && f == schema.Unknown
	}
	if unsaid {
		return ""
	}
	return k.String()
}
