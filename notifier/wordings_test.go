package notifier_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"haven/notifier"
)

var update = flag.Bool("update", false, "write the golden files")

// words have the widest clock time there is and an address and number of the length really used.
var words = notifier.Words{
	At: time.Date(2026, 11, 20, 22, 45, 0, 0, time.UTC), Reference: "7K4Q", Link: "exchange.example/now", Phone: "020 7946 0123",
}

// Every text ever sent is in this file, as the telephone shows it: a changed word is a changed line in review.
func TestWordingsGolden(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for _, w := range notifier.Wordings() {
		text, err := w.Render(words)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(w.Code + " (" + string(w.Audience) + "): " + text + "\n")
	}
	golden := filepath.Join("testdata", "wordings.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("got:\n%s\nwant:\n%s", b.String(), want)
	}
}

// banned are words a text must not hold, for whoever else reads the telephone: what the service is, what happened, who, what she needs, where.
var banned = regexp.MustCompile(`(?i)refuge|abus|violen|domestic|survivor|victim|perpetrat|assault|safe|risk|shelter|haven|helpline|` +
	`police|court|marac|idva|woman|women|\bshe\b|\bher\b|mother|child|boy|girl|baby|family|household|wheelchair|pregnan|recourse|funds|visa|disab|` +
	`mental|drug|alcohol|street|road|postcode|\bcity\b|town|council|birmingham|midlands|london|claim|\bbed\b|client|\bcase\b|reject|refus|invalid|` +
	`[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][a-z]{2}`)

func TestWordingsAreNeutral(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, w := range notifier.Wordings() {
		text, err := w.Render(words)
		if err != nil {
			t.Fatal(err)
		}
		if hit := banned.FindString(text); hit != "" {
			t.Errorf("%s says %q", w.Code, hit)
		}
		if len(text) > 160 || strings.TrimSpace(text) != text || strings.ContainsAny(text, "{}<>\n") {
			t.Errorf("%s is not one plain line of at most 160: %q", w.Code, text)
		}
		if w.Audience == notifier.Survivor && strings.Contains(text, words.Link) {
			t.Errorf("%s puts a link into a survivor's telephone", w.Code)
		}
		if w.ValidFor <= 0 || w.ValidFor > 10*time.Hour || w.Audience == "" || seen[w.Code] || w.File != w.Code+".txt" {
			t.Errorf("row %q is incomplete, doubled or names another file: %+v", w.Code, w)
		}
		seen[w.Code] = true
	}
	files, err := filepath.Glob("wording/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !seen[strings.TrimSuffix(filepath.Base(f), ".txt")] {
			t.Errorf("%s has no row in the table", f)
		}
	}
	if len(files) != len(seen) || len(seen) < 3 {
		t.Errorf("%d files, %d rows", len(files), len(seen))
	}
}

func TestRenderRefusesWhatTakesTwoParts(t *testing.T) {
	t.Parallel()
	w, _ := notifier.WordingFor("hold_waiting")
	for name, bad := range map[string]notifier.Words{
		"long link":        {At: words.At, Link: strings.Repeat("x", 100), Phone: words.Phone},
		"not plain letter": {At: words.At, Link: "ŵy.example/now", Phone: words.Phone},
	} {
		if text, err := w.Render(bad); err == nil {
			t.Errorf("%s: rendered %q", name, text)
		}
	}
}
