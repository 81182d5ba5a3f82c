package web

// The vocabulary of the capture line. A phrase is words as captureWords gives them: lower case, without apostrophes.

// turns end whatever a negation reached.
var turns = map[string]bool{".": true, ";": true, "but": true}

// negations open what must not be read as wanted. "No recourse" is a fact of its own and is looked for first.
var negations = []string{
	"not", "no", "avoid", "avoiding", "except", "excluding", "never", "nor", "neither", "without", "minus", "nowhere", "isnt", "arent", "wasnt", "cant",
	"cannot", "wont", "dont", "doesnt", "shouldnt", "mustnt", "wouldnt", "couldnt", "aint", "away from", "far from", "out of", "outside", "other than",
	"apart from", "anywhere but", "rather than", "instead of",
}

// unsafeAfter are said after a place as often as before it.
var unsafeAfter = []string{"not safe", "isnt safe", "is not safe", "not at all safe", "never safe", "no longer safe", "unsafe", "not an option", "is out", "danger", "dangerous", "excluded"}

// harmful name the person causing harm, or flight: a place that follows is one to stay clear of.
var harmful = []string{
	"abuser", "abusers", "perpetrator", "perpetrators", "perp", "perps", "ex", "exs", "husband", "husbands", "partner", "partners", "boyfriend", "boyfriends",
	"he", "hes", "him", "his", "they", "theyre", "their", "fleeing", "fled", "flee", "escaped", "escaping", "left", "family in", "in-laws",
}

// small words say nothing by themselves and change nothing.
var small = map[string]bool{
	"a": true, "an": true, "the": true, "and": true, "or": true, "with": true, "has": true, "have": true, "is": true, "are": true, "in": true, "at": true,
	"on": true, "of": true, "to": true, "near": true, "from": true, "around": true, "go": true, "be": true, "she": true, "her": true, "shes": true, "i": true,
	"im": true, "we": true, "now": true, "lives": true, "living": true, "staying": true, "currently": true, "any": true, "anywhere": true, "place": true,
	"uses": true, "user": true, "needs": true, "year": true, "years": true, "old": true, "aged": true, "age": true, "safe": true, "area": true,
}

var (
	noRecourse      = []string{"nrpf", "no recourse to public funds", "no recourse", "no public funds", "without recourse"}
	wheelchairWords = []string{"wheelchair user", "wheelchair", "wheel chair"}
	mobilityWords   = []string{"limited mobility", "mobility", "few stairs", "crutches", "walking stick"}
	recourseWords   = []string{"recourse to public funds", "recourse", "public funds"}
	pregnantWords   = []string{"pregnant", "pregnancy", "expecting"}
	containedWords  = []string{"self contained", "self-contained"}
)
