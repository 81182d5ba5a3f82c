package web

import "haven/schema"

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

// saidAs are the facts in the words of staff, beside those of their chips.
var saidAs = []factPhrase{
	{"nrpf", "recourse", schema.No},
	{"no recourse", "recourse", schema.No},
	{"no public funds", "recourse", schema.No},
	{"without recourse", "recourse", schema.No},
	{"recourse", "recourse", schema.Yes},
	{"public funds", "recourse", schema.Yes},
	{"wheelchair user", "wheelchair", schema.Yes},
	{"wheel chair", "wheelchair", schema.Yes},
	{"mobility", "limited_mobility", schema.Yes},
	{"few stairs", "limited_mobility", schema.Yes},
	{"crutches", "limited_mobility", schema.Yes},
	{"walking stick", "limited_mobility", schema.Yes},
	{"pregnancy", "household.pregnant", schema.Yes},
	{"expecting", "household.pregnant", schema.Yes},
	{"deaf", "hearing", schema.Yes},
	{"hard of hearing", "hearing", schema.Yes},
	{"blind", "sight", schema.Yes},
	{"partially sighted", "sight", schema.Yes},
	{"visually impaired", "sight", schema.Yes},
	{"assistance dog", "assistance_animal", schema.Yes},
	{"guide dog", "assistance_animal", schema.Yes},
	{"hearing dog", "assistance_animal", schema.Yes},
	{"pet", "pets", schema.Yes},
	{"pets", "pets", schema.Yes},
	{"dog", "pets", schema.Yes},
	{"dogs", "pets", schema.Yes},
	{"cat", "pets", schema.Yes},
	{"cats", "pets", schema.Yes},
	{"carer visits", "carer_visits", schema.Yes},
	{"carers visit", "carer_visits", schema.Yes},
	{"visiting carer", "carer_visits", schema.Yes},
	{"night staff", "night_staff", schema.Yes},
	{"24 hour staff", "night_staff", schema.Yes},
	{"mental health", "support.mental_health", schema.Yes},
	{"alcohol", "support.alcohol", schema.Yes},
	{"drinking", "support.alcohol", schema.Yes},
	{"drugs", "support.drugs", schema.Yes},
	{"substances", "support.drugs", schema.Yes},
	{"medication", "support.medication", schema.Yes},
	{"meds", "support.medication", schema.Yes},
	{"learning disability", "support.learning_disability", schema.Yes},
	{"personal care", "support.personal_care", schema.Yes},
	{"working", "funding.works", schema.Yes},
	{"works", "funding.works", schema.Yes},
	{"employed", "funding.works", schema.Yes},
	{"has a job", "funding.works", schema.Yes},
	{"unemployed", "funding.works", schema.No},
	{"in refuge now", "moving_on.from_relevant", schema.Yes},
	{"in a refuge now", "moving_on.from_relevant", schema.Yes},
	{"in refuge", "moving_on.from_relevant", schema.Yes},
	{"in a refuge", "moving_on.from_relevant", schema.Yes},
	{"council tenant", "home.social_tenant", schema.Yes},
	{"secure tenancy", "home.lifetime_tenancy", schema.Yes},
}

// maybeHis are facts that a caller says of the person causing harm as often as of herself.
var maybeHis = []string{"support.", "funding.works", "pets"}

// groupsSaidAs are groups that services are run by and for, in other words than their own.
var groupsSaidAs = map[string][]string{
	"black_minoritised": {"black and minoritised", "bme", "bame"},
	"lgbt":              {"lgbt+", "lgbtq", "lgbtq+"},
	"young_women":       {"young womens"},
	"older_women":       {"older womens"},
	"disabled":          {"disabled womens"},
	"men":               {"mens"},
}

var wishPhrases = []struct {
	code  schema.WishCode
	which string
	words []string
}{
	{schema.WishSelfContained, "", []string{"self-contained", "self contained"}},
	{schema.WishOwnKitchen, "", []string{"own kitchen"}},
	{schema.WishOwnBathroom, "", []string{"own bathroom", "own bath"}},
	{schema.WishChildrens, "", []string{"childrens worker"}},
	{schema.WishSetting, "city", []string{"city"}},
	{schema.WishSetting, "town", []string{"town"}},
	{schema.WishSetting, "country", []string{"rural", "countryside"}},
}
