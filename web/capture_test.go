package web

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"haven/schema"
	"haven/schema/gazetteer"
)

func testPlaces(t testing.TB) *gazetteer.Gazetteer {
	t.Helper()
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// said writes what was heard in a form that a table can be written in by hand.
func said(h heard) string {
	var out []string
	for _, a := range h.Adults {
		s := "adult " + string(a.As)
		if a.Is != "" {
			s = "adult " + a.Is
		}
		if a.Age > 0 {
			s += fmt.Sprint(" ", a.Age)
		}
		out = append(out, strings.TrimSpace(s))
	}
	for _, c := range h.Children {
		out = append(out, strings.TrimSpace(fmt.Sprint("child ", c.Age, " ", c.Sex)))
	}
	if h.NowIn != nil {
		out = append(out, "now "+h.NowIn.Code)
	}
	for _, a := range h.Avoid {
		out = append(out, "avoid "+a.Code)
	}
	for name, value := range h.Facts {
		out = append(out, name+" "+string(value))
	}
	if h.Language != "" {
		out = append(out, "speaks "+h.Language)
	}
	for _, w := range h.Wishes {
		out = append(out, strings.TrimSpace(fmt.Sprint(w.Tier, " ", w.Code, " ", w.Which)))
	}
	return strings.Join(out, "; ")
}

func TestCaptureReadsWhatIsSaid(t *testing.T) {
	t.Parallel()
	g := testPlaces(t)
	for _, row := range []struct{ line, want string }{
		{"woman boy 11 girl 4 leeds not bradford b11 wheelchair nrpf",
			"adult woman; child 11 boy; child 4 girl; now Leeds; avoid Bradford; avoid B11; wheelchair yes; recourse no"},
		{"woman 34 boys 11 and 9 leeds", "adult woman 34; child 11 boy; child 9 boy; now Leeds"},
		{"2 women 3 girls 2 4 6", "adult woman; adult woman; child 2 girl; child 4 girl; child 6 girl"},
		{"mum, 11 year old boy, baby girl, pregnant", "adult; child 11 boy; child 0 girl; household.pregnant yes"},
		{"trans woman 17 solihull", "adult trans_woman 17; now Solihull"},
		{"woman 4yo girl 11-year-old boy", "adult woman; child 4 girl; child 11 boy"},
		{"woman girl 8 months", "adult woman; child 0 girl"},
		{"woman leeds not safe", "adult woman; avoid Leeds"},
		{"leeds is not safe woman", "adult woman; avoid Leeds"},
		{"leeds unsafe bradford", "avoid Leeds; avoid Bradford"},
		{"leeds no", "avoid Leeds"},
		{"leeds no. bradford", "now Bradford; avoid Leeds"},
		{"not bradford, leeds", "avoid Bradford; avoid Leeds"},
		{"not bradford but leeds", "now Leeds; avoid Bradford"},
		{"not in bradford or in leeds", "avoid Bradford; avoid Leeds"},
		{"cant go near his family in bradford. now in leeds", "now Leeds; avoid Bradford"},
		{"away from bradford, woman, leeds", "adult woman; now Leeds; avoid Bradford"},
		{"leeds husband in bradford boy 11", "child 11 boy; now Leeds; avoid Bradford"},
		{"-bradford woman", "adult woman; avoid Bradford"},
		{"woman - leeds", "adult woman; now Leeds"},
		{"LS1 4AP", "now LS1"},
		{"not LS1 4AP", "avoid LS1"},
		{"stoke on trent", "now Stoke-on-Trent"},
		{"no wheelchair", "wheelchair no"},
		{"not a wheelchair user, limited mobility", "limited_mobility yes; wheelchair no"},
		{"no recourse", "recourse no"},
		{"recourse to public funds", "recourse yes"},
		{"not nrpf", ""},
		{"not pregnant", "household.pregnant no"},
		{"no children", ""},
		{"woman no boys girl 4", "adult woman; child 4 girl"},
		{"not sure wheelchair", ""},
		{"boy 40", ""},
		{"boy", ""},
		{"woman left husband boy 11 leeds", "adult woman; child 11 boy; now Leeds"},
		{"woman deaf speaks urdu assistance dog leeds", "adult woman; hearing yes; assistance_animal yes; speaks urdu; now Leeds"},
		{"woman with dog, interpreter polish, own kitchen, rural", "adult woman; pets yes; speaks polish; nice own_kitchen; nice setting country"},
		{"bsl user, hearing dog, no dog", "speaks bsl; assistance_animal yes; pets no"},
		{"speaks no english", ""},
		{"doesnt speak english", ""},
		{"urdu", ""},
		{"woman son 19 son 11", "adult woman; adult adult_child 19; child 11 boy"},
		{"woman sons 19 and 11", "adult woman; adult adult_child 19; child 11 boy"},
		{"woman 20 year old daughter", "adult woman; adult adult_child 20"},
		{"partner too", "adult; adult partner"},
		{"live-in carer woman 50", "adult woman 50; adult carer"},
		{"woman fleeing her carer in leeds wheelchair", "adult woman; wheelchair yes; avoid Leeds"},
		{"carer visits", "carer_visits yes"},
		{"mental health, medication, no drugs or alcohol", "support.mental_health yes; support.medication yes; support.drugs no; support.alcohol no"},
		{"husband drinking", ""},
		{"woman working not pregnant", "adult woman; funding.works yes; household.pregnant no"},
		{"not working", "funding.works no"},
		{"unemployed", "funding.works no"},
		{"not unemployed", ""},
		{"lgbt", ""},
		{"lgbt service", "run_for.lgbt yes"},
		{"not a lgbt service", "run_for.lgbt no"},
		{"by and for south asian women", "run_for.south_asian yes"},
		{"in refuge now", "moving_on.from_relevant yes"},
		{"not in refuge now", "moving_on.from_relevant no"},
		{"night staff self contained", "night_staff yes; nice self_contained"},
		{"not self contained", ""},
		{"not rural", ""},
		{"no pets or wheelchair", "pets no; wheelchair no"},
		{"no pets and wheelchair", "pets no"},
		{"no pets or leeds", "pets no; avoid Leeds"},
		{"no pets in leeds", "pets no; now Leeds"},
		{"no pets, deaf", "pets no; hearing yes"},
		{"staff at night", "night_staff yes"},
		{"no longer needs intensive support", "moving_on.intensive_support no"},
		{"lifetime tenancy council tenant", "home.lifetime_tenancy yes; home.social_tenant yes"},
		{"", ""},
		{"zzz qqq", ""},
	} {
		want := strings.Split(row.want, "; ")
		got := strings.Split(said(parseCapture(row.line, g)), "; ")
		if !sameSet(want, got) {
			t.Errorf("%q\n got %v\nwant %v", row.line, got, want)
		}
	}
}

func sameSet(a, b []string) bool {
	count := map[string]int{}
	for _, s := range a {
		count[s]++
	}
	for _, s := range b {
		count[s]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}

func TestCaptureShowsWhatItDidNotUse(t *testing.T) {
	t.Parallel()
	g := testPlaces(t)
	for line, want := range map[string]string{
		"woman sylheti":        "sylheti",
		"boy":                  "boy (the age of each, 0 to 17?)",
		"no children":          "not children",
		"not newport":          "", // every Newport is avoided until somebody says which
		"newport":              "newport (more than one place has that name)",
		"leeds bradford":       "bradford (where she is now, or not safe?)",
		"not xyzzy wheelchair": "not xyzzy",
	} {
		got := strings.Join(parseCapture(line, g).Unused, "|")
		if !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%q: not used %q, want %q", line, got, want)
		}
	}
	if n := len(parseCapture("not newport", g).Avoid); n < 2 {
		t.Errorf("an ambiguous place to avoid must be avoided in every meaning, got %d", n)
	}
}

// TestCaptureNeverTurnsANegationRound says thousands of lines made of the vocabulary and of words it does not know. Whatever stands right after a
// negation is avoided or put by, never taken.
func TestCaptureNeverTurnsANegationRound(t *testing.T) {
	t.Parallel()
	g := testPlaces(t)
	towns := []string{"leeds", "bradford", "b11", "solihull", "coventry", "wolverhampton", "ls1 4ap", "stoke on trent", "west midlands", "sparkhill"}
	pieces := []string{"woman", "boy 11", "girl 4", "2 boys 3 5", "pregnant", "and", "in", "from", "near", "zzz", "sylheti", "cat", "30", ",", "husband", "now", "mobility"}
	rapid.Check(t, func(t *rapid.T) {
		var line []string
		never := map[string]bool{}
		unsafe := rapid.SampledFrom(towns).Draw(t, "unsafe")
		before := rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6).Draw(t, "before")
		line = append(line, before...)
		line = append(line, rapid.SampledFrom([]string{"not", "avoid", "unsafe", "not safe", "away from", "never", "except", "cant go to", "not in", "nowhere near", "-"}).Draw(t, "negation"))
		line = append(line, rapid.SliceOfN(rapid.SampledFrom([]string{"in", "near", "zzz", "the", "anywhere", "sylheti"}), 0, 3).Draw(t, "between")...)
		line = append(line, unsafe)
		line = append(line, rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6).Draw(t, "after")...)
		text := strings.ReplaceAll(strings.Join(line, " "), "- ", "-")
		area, err := g.Find(unsafe)
		if err != nil {
			t.Fatal(err)
		}
		never[area.Code] = true
		h := parseCapture(text, g)
		if h.NowIn != nil && never[h.NowIn.Code] {
			t.Fatalf("%q: %s became where she is now", text, area.Code)
		}
		if !strings.Contains(text, "-zzz") && !strings.Contains(text, "-sylheti") && !avoids(h, area.Code) {
			t.Fatalf("%q: %s is not avoided: %s", text, area.Code, said(h))
		}
	})
}

func avoids(h heard, code string) bool {
	for _, a := range h.Avoid {
		if a.Code == code {
			return true
		}
	}
	return false
}

// TestCaptureNeverTurnsAFactRound says every phrase of the vocabulary after a negation, among words known and unknown. It may become its opposite
// or be put by; it never becomes what was denied.
func TestCaptureNeverTurnsAFactRound(t *testing.T) {
	t.Parallel()
	g := testPlaces(t)
	pieces := []string{"woman", "boy 11", "pregnant", "and", "in", "zzz", "30", ",", "husband", "now", "leeds", "no pets or", "with"}
	rapid.Check(t, func(t *rapid.T) {
		phrase := rapid.SampledFrom(factVocabulary()).Draw(t, "phrase")
		words := rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 5).Draw(t, "before")
		before := parseCapture(joinWords(words)+" .", g).Facts[phrase.name]
		words = append(words, rapid.SampledFrom([]string{"not", "no", "without", "isnt", "never", "doesnt have", "not sure"}).Draw(t, "negation"))
		words = append(words, rapid.SliceOfN(rapid.SampledFrom([]string{"a", "her", "zzz", "the", "has"}), 0, 3).Draw(t, "between")...)
		words = append(words, phrase.words)
		words = append(words, rapid.SliceOfN(rapid.SampledFrom([]string{"boy 11", "zzz", "in", "leeds", ",", "husband"}), 0, 4).Draw(t, "after")...)
		line := joinWords(words)
		if got := parseCapture(line, g).Facts[phrase.name]; got == phrase.value && got != before {
			t.Fatalf("%q: %s became %s", line, phrase.name, got)
		}
	})
}

// TestCaptureHearsEveryFact: what is on a chip can be typed, and a phrase stands for a fact that is asked.
func TestCaptureHearsEveryFact(t *testing.T) {
	t.Parallel()
	g := testPlaces(t)
	heardAs := map[string]bool{}
	for _, p := range factVocabulary() {
		if got := parseCapture(p.words, g); got.Facts[p.name] != p.value || len(got.Unused) > 0 {
			t.Errorf("%q: %s, not used %v, want %s %s", p.words, said(got), got.Unused, p.name, p.value)
		}
		heardAs[p.name] = true
	}
	for _, a := range askedFacts() {
		if !heardAs[a.name] {
			t.Errorf("no words of the capture line say %s", a.name)
		}
		delete(heardAs, a.name)
	}
	for name := range heardAs {
		t.Errorf("the capture line hears %s, which is not asked", name)
	}
	for _, row := range schema.Languages {
		if got := parseCapture("speaks "+row.Code, g).Language; got != row.Code {
			t.Errorf("speaks %s: %q", row.Code, got)
		}
	}
	for _, p := range wishPhrases {
		if got := parseCapture(p.words[0], g).Wishes; len(got) != 1 || got[0].Code != p.code || got[0].Which != p.which {
			t.Errorf("%q: %v", p.words[0], got)
		}
	}
}

// FuzzCapture puts a negated place and a negated need into any surroundings of the same sentence.
func FuzzCapture(f *testing.F) {
	for _, s := range []string{"", "woman boy 11", "leeds", "not", "…", "no no no", "2 women", "but", "b1", "9 boy", "-", "he", "11 year old", "\xff"} {
		f.Add(s, s)
	}
	g := testPlaces(f)
	f.Fuzz(func(t *testing.T, before, after string) {
		if len(before)+len(after) > 400 {
			return
		}
		h := parseCapture(before+" ; not solihull ; "+after, g)
		said := strings.ToLower(before + after)
		if h.NowIn != nil && h.NowIn.Code == "Solihull" && !strings.Contains(said, "solihull") {
			t.Fatal("not Solihull became Solihull")
		}
		if !avoids(h, "Solihull") {
			t.Fatal("Solihull is not avoided")
		}
		if again := parseCapture(before+" ; not solihull ; "+after, g); fmt.Sprint(again) != fmt.Sprint(h) && again.NowIn == nil {
			t.Fatal("the same line was read in two ways")
		}
		no := parseCapture("not wheelchair ; "+after, g)
		if no.Facts["wheelchair"] == schema.Yes && !strings.Contains(strings.ToLower(after), "wheel") {
			t.Fatal("not wheelchair became wheelchair")
		}
		denied := parseCapture("no drugs or alcohol ; not rural ; doesnt speak urdu ; "+after, g)
		for _, row := range []struct {
			heard bool
			words []string
		}{
			{denied.Facts["support.drugs"] == schema.Yes, []string{"drug", "substance"}},
			{denied.Facts["support.alcohol"] == schema.Yes, []string{"alcohol", "drink"}},
			{denied.Language == "urdu", []string{"urdu"}},
			{len(denied.Wishes) > 0, []string{"rural", "country", "city", "town", "own", "self", "children"}},
		} {
			if row.heard && !slices.ContainsFunc(row.words, func(w string) bool { return strings.Contains(strings.ToLower(after), w) }) {
				t.Fatalf("what was denied was heard: %s", fmt.Sprint(denied.Facts, denied.Language, denied.Wishes))
			}
		}
	})
}
