package notifier

import (
	"embed"
	"fmt"
	"strings"
	"text/template"
	"time"
)

// Audience is who reads a message; MayText holds each to its own rule.
type Audience string

const (
	Staff    Audience = "staff"
	Survivor Audience = "survivor"
)

// Wording is one message: its words and when they may go. A new message is one file and one row.
type Wording struct {
	Code     string // permanent; kept with every message
	File     string // in wording/; only Words may be filled in
	Audience Audience
	Urgent   bool          // may go outside working hours
	ValidFor time.Duration // from when it is written; true no longer than that
	Deadline bool          // Message.At is a deadline, at which the words stop being true
}

// A release goes at any hour, like the request it ends: it reaches somebody who was asked to get up for it. A place for a household that waits does too:
// a helpline is on duty at night, and the place is gone by morning.
var wordings = []Wording{
	{Code: "hold_waiting", File: "hold_waiting.txt", Audience: Staff, Urgent: true, ValidFor: time.Hour, Deadline: true},
	{Code: "hold_expired", File: "hold_expired.txt", Audience: Staff, Urgent: true, ValidFor: 30 * time.Minute},
	{Code: "hold_released", File: "hold_released.txt", Audience: Staff, Urgent: true, ValidFor: 30 * time.Minute},
	{Code: "place_may_fit", File: "place_may_fit.txt", Audience: Staff, Urgent: true, ValidFor: time.Hour},
}

//go:embed wording/*.txt
var wordingFiles embed.FS

// Words are all that can ever be filled in. There is no field for a need, a name or a place, so no file can ask for one.
type Words struct {
	At        time.Time
	Reference string // of a request, as people say it aloud; it identifies nobody: "7K4Q"
	Link      string // opens a page, does nothing by itself: "exchange.example/now"
	Phone     string // of the helpline: "020 7946 0123"
}

// Wordings lists every message there is.
func Wordings() []Wording {
	return append([]Wording(nil), wordings...)
}

// WordingFor finds a message by its code.
func WordingFor(code string) (Wording, bool) {
	for _, w := range wordings {
		if w.Code == code {
			return w, true
		}
	}
	return Wording{}, false
}

// Render writes the text. It refuses what does not fit one part in GSM-7: a second part can arrive alone.
func (w Wording) Render(words Words) (string, error) {
	t, err := template.ParseFS(wordingFiles, "wording/"+w.File)
	if err != nil {
		return "", fmt.Errorf("wording %s: %w", w.Code, err)
	}
	var b strings.Builder
	err = t.Execute(&b, struct{ At, Reference, Link, Phone string }{clockTime(words.At), words.Reference, words.Link, words.Phone})
	if err != nil {
		return "", fmt.Errorf("wording %s: %w", w.Code, err)
	}
	text := strings.TrimSuffix(b.String(), "\n")
	places, ok := gsm7Length(text)
	switch {
	case !ok:
		return "", fmt.Errorf("wording %s: the link, the telephone number or the words hold a character a plain text message cannot; use letters without accents", w.Code)
	case places > gsm7Places:
		return "", fmt.Errorf("wording %s: takes %d places of %d; shorten the link", w.Code, places, gsm7Places)
	}
	return text, nil
}

// Compose makes a message ready to be kept in an Outbox. Its time is the wording's, cut short at the deadline it names.
func (w Wording) Compose(id, to, holdID string, at, now time.Time) Message {
	notAfter := now.Add(w.ValidFor)
	if w.Deadline && at.Before(notAfter) {
		notAfter = at
	}
	return Message{
		ID: id, Wording: w.Code, To: to, HoldID: holdID, At: at,
		NotBefore: now, NotAfter: notAfter, State: Ready, NextAt: now,
	}
}
