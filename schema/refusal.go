package schema

import (
	"errors"
	"fmt"
)

// Kind sorts refusals into the few groups that a caller can act on. Each has one HTTP status and one place in the feed's code table.
type Kind string

const (
	KindInvalid   Kind = "invalid"   // what was sent cannot be understood or cannot be true
	KindNotFound  Kind = "not_found" // there is no such thing, or it belongs to somebody else: the two are not told apart
	KindForbidden Kind = "forbidden" // this role may not do this
	KindTaken     Kind = "taken"     // another household has the place, or a limit is reached
	KindStale     Kind = "stale"     // a newer version exists
	KindEnded     Kind = "ended"     // the hold, request or stay is over
	KindBusy      Kind = "busy"      // a part of Haven is away; nothing was done; safe to send again
)

// Refusal is a "no" that a person can act on. Code is permanent lower_snake; Words never carry needs, names or secrets.
type Refusal struct {
	Kind  Kind
	Code  string
	Field string
	Words string
	// Claim names the hold, agreed arrival or stay that stands in the way of a provider's report, so that the provider may send it again naming it.
	Claim ClaimID
	// Reasons are rule codes where an evaluation is the cause.
	Reasons []string
}

func (r *Refusal) Error() string {
	if r.Field != "" {
		return fmt.Sprintf("%s (%s): %s", r.Code, r.Field, r.Words)
	}
	return fmt.Sprintf("%s: %s", r.Code, r.Words)
}

// Invalid is a refusal about one field of what was sent.
func Invalid(field, words string) *Refusal {
	return &Refusal{Kind: KindInvalid, Code: "invalid_field", Field: field, Words: words}
}

// Refuse is a refusal with a permanent code.
func Refuse(kind Kind, code, words string) *Refusal {
	return &Refusal{Kind: kind, Code: code, Words: words}
}

// NotFound does not say whether the thing exists elsewhere.
func NotFound(what string) *Refusal {
	return Refuse(KindNotFound, "not_found", "There is no such "+what+" here. Check the reference, or go back to the list.")
}

// AsRefusal finds the refusal in an error, if that is what it is.
func AsRefusal(err error) (*Refusal, bool) {
	var r *Refusal
	ok := errors.As(err, &r)
	return r, ok
}
