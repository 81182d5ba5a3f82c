package web

import (
	"fmt"
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
	for _, f := range []struct {
		name  string
		value schema.Fact
	}{{"wheelchair", h.Wheelchair}, {"mobility", h.Limited}, {"recourse", h.Recourse}, {"pregnant", h.Pregnant}, {"contained", h.Contained}} {
		if f.value != schema.Unknown {
			out = append(out, f.name+" "+string(f.value))
		}
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
		{"mum, 11 year old boy, baby girl, pregnant", "adult; child 11 boy; child 0 girl; pregnant yes"},
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
		{"not a wheelchair user, limited mobility", "mobility yes; wheelchair no"},
		{"no recourse", "recourse no"},
		{"recourse to public funds", "recourse yes"},
		{"not nrpf", ""},
		{"not pregnant", "pregnant no"},
		{"no children", ""},
		{"woman no boys girl 4", "adult woman; child 4 girl"},
		{"not sure wheelchair", ""},
		{"boy 40", ""},
		{"boy", ""},
		{"woman left husband boy 11 leeds", "adult woman; child 11 boy; now Leeds"},
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
		if no.Wheelchair == schema.Yes && !strings.Contains(strings.ToLower(after), "wheel") {
			t.Fatal("not wheelchair became wheelchair")
		}
	})
}
