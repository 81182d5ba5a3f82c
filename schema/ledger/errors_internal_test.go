package ledger

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"haven/schema"
)

func TestTranslate(t *testing.T) {
	t.Parallel()
	unique := func(constraint string) error { return &pq.Error{Code: "23505", Constraint: constraint} }
	for name, test := range map[string]struct {
		err  error
		kind schema.Kind
		code string
	}{
		"promise":           {unique("claim_one_live_promise_per_room"), schema.KindTaken, "taken"},
		"occupancy":         {unique("claim_one_live_occupancy_per_room"), schema.KindTaken, "taken"},
		"reference":         {unique("request_reference_open"), schema.KindTaken, "reference_taken"},
		"stay":              {unique("stay_one_open_per_household"), schema.KindTaken, "stay_open"},
		"serialization":     {&pq.Error{Code: "40001"}, schema.KindBusy, "busy"},
		"deadlock":          {&pq.Error{Code: "40P01"}, schema.KindBusy, "busy"},
		"statement timeout": {&pq.Error{Code: "57014"}, schema.KindBusy, "busy"},
		"shutdown":          {&pq.Error{Code: "57P01", Severity: "FATAL"}, schema.KindBusy, "busy"},
		"starting":          {&pq.Error{Code: "57P03"}, schema.KindBusy, "busy"},
		"too many":          {&pq.Error{Code: "53300"}, schema.KindBusy, "busy"},
		"idle too long":     {&pq.Error{Code: "25P03"}, schema.KindBusy, "busy"},
		"demoted":           {&pq.Error{Code: "25006"}, schema.KindBusy, "busy"},
		"connection":        {&pq.Error{Code: "08006"}, schema.KindBusy, "busy"},
		"bad connection":    {driver.ErrBadConn, schema.KindBusy, "busy"},
		"end of file":       {io.EOF, schema.KindBusy, "busy"},
		"cut short":         {io.ErrUnexpectedEOF, schema.KindBusy, "busy"},
		"refused":           {&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, schema.KindBusy, "busy"},
		"no socket":         {&net.OpError{Op: "dial", Err: syscall.ENOENT}, schema.KindBusy, "busy"},
		"reset":             {fmt.Errorf("read: %w", syscall.ECONNRESET), schema.KindBusy, "busy"},
		"deadline":          {context.DeadlineExceeded, schema.KindBusy, "busy"},
		"no id":             {&pq.Error{Code: "22P02"}, schema.KindNotFound, "not_found"},
		"zero byte":         {&pq.Error{Code: "22021"}, schema.KindInvalid, "invalid_text"},
	} {
		got := translate(fmt.Errorf("wrapped: %w", test.err))
		refusal, ok := schema.AsRefusal(got)
		if !ok || refusal.Kind != test.kind || refusal.Code != test.code {
			t.Errorf("%s: got %v, want %s %s", name, got, test.kind, test.code)
		}
		if again := translate(got); again.Error() != got.Error() {
			t.Errorf("%s: translated twice: %v", name, again)
		}
	}
	for name, err := range map[string]error{
		"another index": unique("hold_code"), "no rows": sql.ErrNoRows, "cancelled": context.Canceled,
		"a missing right": &pq.Error{Code: "42501"}, "a bug": &pq.Error{Code: "42703"},
	} {
		if got := translate(err); got != err {
			t.Errorf("%s: got %v, want it as it was", name, got)
		}
	}
}

func TestARefusalDoesNotRepeatWhatWasTyped(t *testing.T) {
	t.Parallel()
	const typed = "07700 900123"
	for _, code := range []string{"22P02", "22021", "23505", "57014"} {
		err := &pq.Error{Code: pqerror.Code(code), Message: "invalid: " + typed, Detail: typed, Constraint: "claim_one_live_promise_per_room"}
		if code == "23505" || code == "57014" {
			err.Message = "said by the server" // it names a constraint there, or nothing
		}
		if got := translate(err); strings.Contains(got.Error(), typed) {
			t.Errorf("%s: %v", code, got)
		}
	}
}

func TestOnlyAnErrorOfTheServerSettlesACommit(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		err  error
		code string
	}{
		"gone":       {io.EOF, "unknown_outcome"},
		"bad":        {driver.ErrBadConn, "unknown_outcome"},
		"terminated": {&pq.Error{Code: "57P01", Severity: "FATAL"}, "unknown_outcome"},
		"serialized": {&pq.Error{Code: "40001", Severity: "ERROR"}, "busy"},
	} {
		refusal, ok := schema.AsRefusal(settled(test.err))
		if !ok || refusal.Code != test.code {
			t.Errorf("%s: got %v, want %s", name, settled(test.err), test.code)
		}
	}
	if collided(settled(io.EOF)) || !collided(settled(&pq.Error{Code: "40001", Severity: "ERROR"})) {
		t.Error("a commit without an answer must not be run again; a serialization failure may")
	}
	if err := settled(pq.ErrInFailedTransaction); err == nil || !errors.Is(err, pq.ErrInFailedTransaction) {
		t.Errorf("got %v", err)
	}
}
