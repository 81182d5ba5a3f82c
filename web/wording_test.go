package web

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"haven/schema"
)

// neverWritten are words that judge a survivor, belong to somebody else's form, or mean something else where she reads it.
var neverWritten = regexp.MustCompile(`(?i)\b(refused|rejected|turned down|clients?|claims?|please|invalid|no results|failed|did not engage|chaotic|complex needs|violent relationship|alleges|admits|no-show|victims?)\b`)

var markup = regexp.MustCompile(`(?s)\{\{.*?\}\}|<[^>]*>`)

func TestTemplatesUseTheWordsOfTheField(t *testing.T) {
	t.Parallel()
	err := fs.WalkDir(templates, "template", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := templates.ReadFile(name)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(raw), "\n") {
			text := strings.ReplaceAll(strings.ToLower(markup.ReplaceAllString(line, " ")), "bed and breakfast", "")
			if found := neverWritten.FindString(text); found != "" {
				t.Errorf("%s:%d says %q: %s", name, i+1, found, strings.TrimSpace(text))
			}
		}
		return nil
	})
	must(t, err)
}

func TestAListGrowsByTwenty(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var refs []string
	for n := range 30 {
		refs = append(refs, fmt.Sprint("Room ", n))
	}
	w.publish(refs...)
	w.follow()
	b := w.signedIn(schema.RoleHelpline)
	b.part = "spaces"
	first := b.post("/find", "facts", "1", "say", "woman").is(t, 200).has(t, "Fits (30)", "Show 10 more", `value="fits-40"`)
	if n := strings.Count(first.body, "data-space="); n != 20 {
		t.Errorf("%d rows at first", n)
	}
	more := b.post("/find", "facts", "1", "say", "woman", "show", "fits-40").is(t, 200).hasNot(t, "more<span")
	if n := strings.Count(more.body, "data-space="); n != 30 {
		t.Errorf("%d rows after", n)
	}
}

func TestARefugesListsAreWatched(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish("Room 1")
	b := w.signedIn(schema.RoleManager)
	b.get("/board").is(t, 200).has(t, `data-live="/live" data-part="content"`)
	b.part = "content"
	b.get("/board").is(t, 200).has(t, "Room 1").hasNot(t, "<html", "haven-header")
}
