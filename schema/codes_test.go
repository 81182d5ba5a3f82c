package schema_test

import (
	"regexp"
	"strings"
	"testing"

	"haven/schema"
)

func lists() map[string]schema.Codes {
	return map[string]schema.Codes{
		"EndedByWords": schema.EndedByWords, "Sleeps": schema.Sleeps, "RiskSources": schema.RiskSources, "OutOfUse": schema.OutOfUse,
		"CannotTake": schema.CannotTake, "DecidedNot": schema.DecidedNot, "UnmetReasons": schema.UnmetReasons, "HoldEnds": schema.HoldEnds,
	}
}

var lowerSnake = regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)

func TestCodeListsAreWhole(t *testing.T) {
	t.Parallel()
	for name, list := range lists() {
		if len(list) == 0 {
			t.Errorf("%s is empty", name)
		}
		codes, words := map[string]bool{}, map[string]bool{}
		for _, row := range list {
			if !lowerSnake.MatchString(row.Code) {
				t.Errorf("%s: code %q is not lower_snake", name, row.Code)
			}
			if strings.TrimSpace(row.Words) != row.Words || row.Words == "" {
				t.Errorf("%s: %s has words %q", name, row.Code, row.Words)
			}
			if codes[row.Code] || words[row.Words] {
				t.Errorf("%s: %s (%s) is there twice", name, row.Code, row.Words)
			}
			codes[row.Code], words[row.Words] = true, true
		}
	}
}

// Every ending is somebody's in the figures, and the figures have words for whose.
func TestEveryEndingIsAttributed(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"CannotTake", "DecidedNot", "UnmetReasons", "HoldEnds"} {
		for _, row := range lists()[name] {
			if !schema.EndedByWords.Has(string(row.By)) {
				t.Errorf("%s: %s ends by %q, which has no words", name, row.Code, row.By)
			}
		}
	}
}

// The service or the place is the subject of a no, and "refused" is never said of a survivor.
func TestWordsBlameNobody(t *testing.T) {
	t.Parallel()
	never := regexp.MustCompile(`(?i)\b(refused|rejected|client|claim|case|failed|non-engag\w*|chaotic)\b`)
	for name, list := range lists() {
		for _, row := range list {
			if found := never.FindString(row.Words); found != "" {
				t.Errorf("%s: %s says %q", name, row.Code, found)
			}
		}
	}
}

func TestCodesFind(t *testing.T) {
	t.Parallel()
	if got := schema.HoldEnds.Words("expired"); got != "No answer in time" {
		t.Errorf("words of expired: %q", got)
	}
	if got := schema.HoldEnds.Words("gone_since_2031"); got != "gone_since_2031" {
		t.Errorf("words of a code that has gone: %q, want the code itself", got)
	}
	if schema.HoldEnds.Has("") || schema.HoldEnds.Has("Expired") {
		t.Error("a code that is not in the list was found")
	}
	if row, ok := schema.CannotTake.Find("wrong_referral"); !ok || row.By != schema.ByWrong {
		t.Errorf("wrong_referral: %+v, %v", row, ok)
	}
}
