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

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"haven/schema"
)

// refused is a refusal with what the driver said beneath it. People read the refusal; Error, which logs read, names the cause: lib/pq puts
// constraint names and SQLSTATEs there, and the values of a row only in its DETAIL, which Error leaves out.
type refused struct {
	*schema.Refusal
	cause error
}

func (r refused) Error() string   { return r.Refusal.Error() + " [" + r.cause.Error() + "]" }
func (r refused) Unwrap() []error { return []error{r.Refusal, r.cause} }

// translate gives the driver's error as a refusal where a person can act on it, else as it is. It may be called again on its own result.
func translate(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := schema.AsRefusal(err); ok {
		return err
	}
	refusal := refusalOf(err)
	switch {
	case refusal == nil:
		return err
	case refusal.Kind == schema.KindNotFound, refusal.Kind == schema.KindInvalid:
		return refusal // the driver repeats what was typed
	}
	return refused{refusal, err}
}

// found is translate for a query that names one row: no row is a refusal that does not say whether the row exists for somebody else.
func found(err error, what string) error {
	if errors.Is(err, sql.ErrNoRows) || pq.As(err, pqerror.InvalidTextRepresentation) != nil || barred(err) {
		return schema.NotFound(what)
	}
	return translate(err)
}

// barred says whether row-level security kept somebody from writing a row for another organisation. A right that is missing altogether has the
// same SQLSTATE and is a fault of ours, not of the person.
func barred(err error) bool {
	said := pq.As(err, pqerror.InsufficientPrivilege)
	return said != nil && said.Routine == "ExecWithCheckOptions"
}

func refusalOf(err error) *schema.Refusal {
	switch said := pq.As(err); {
	case said == nil:
		if lost(err) {
			return busy()
		}
	case said.Code == pqerror.UniqueViolation && strings.HasPrefix(said.Constraint, "claim_one_live_"):
		return schema.Refuse(schema.KindTaken, "taken", "Another household has this place. Look at the list again and choose another.")
	case said.Code == pqerror.UniqueViolation && said.Constraint == "request_reference_open":
		return schema.Refuse(schema.KindTaken, "reference_taken", "Another open request has this reference. Use a different one.")
	case said.Code == pqerror.UniqueViolation && said.Constraint == "request_one_open_per_household":
		return schema.Refuse(schema.KindTaken, "request_open", "This household already has an open request. Go on with that one.")
	case said.Code == pqerror.UniqueViolation && said.Constraint == "stay_one_open_per_household":
		return schema.Refuse(schema.KindTaken, "stay_open", "This household is already staying in bed and breakfast. End that stay first.")
	case said.Code == pqerror.UniqueViolation && said.Constraint == "waiting_match_one_live":
		return schema.Refuse(schema.KindTaken, "matched", "This place was found for this request already.")
	case said.Code == pqerror.InvalidTextRepresentation:
		// Every number and document is written by this package, so what cannot be read is an id that somebody typed.
		return schema.NotFound("record")
	case said.Code == pqerror.CharacterNotInRepertoire, said.Code == pqerror.UntranslatableCharacter:
		return schema.Refuse(schema.KindInvalid, "invalid_text", "A text holds a character that cannot be kept. Type it again without special characters.")
	case passing(said):
		return busy()
	}
	return nil
}

func busy() *schema.Refusal {
	return schema.Refuse(schema.KindBusy, "busy", "Haven's record cannot be reached at the moment. Nothing was done. It is safe to send this again.")
}

// unknown is for a commit that was sent and not answered: it may have been kept. Saying "nothing was done" would be a lie, and a second send
// without the key might do it twice.
func unknown(cause error) error {
	return refused{schema.Refuse(schema.KindBusy, "unknown_outcome",
		"The connection to Haven's record was lost before it answered, so this may or may not have been done. Send it again with the same key: it will not be done twice."), cause}
}

// passing says whether the server refused for a reason that goes away by itself.
func passing(said *pq.Error) bool {
	switch said.Code.Class() {
	case "08", // connection
		"40", // serialization failure, deadlock
		"53", // out of connections, memory or disk
		"57": // statement timeout, shutdown, crash, still starting
		return true
	}
	switch said.Code {
	case pqerror.LockNotAvailable, pqerror.IdleInTransactionSessionTimeout, pqerror.ReadOnlySQLTransaction: // the last: a server just demoted
		return true
	}
	return false
}

// lost says whether the connection failed rather than the statement.
func lost(err error) bool {
	var network net.Error
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ENOENT) ||
		errors.Is(err, context.DeadlineExceeded) || errors.As(err, &network)
}

// collided says whether running the same transaction again is likely to succeed: two commands met and the server chose one.
func collided(err error) bool {
	return errors.Is(err, errRecomposed) ||
		pq.As(err, pqerror.TRSerializationFailure, pqerror.TRDeadlockDetected, pqerror.LockNotAvailable) != nil
}

// giveWay ends the transaction so that Change runs the command again.
func (t *tx) giveWay(why error) error {
	t.failed = refused{busy(), why}
	return t.failed
}

// fail translates the error of a statement. No row leaves the transaction usable; anything else the server or the network said ends it, and
// is remembered as the cause.
func (t *tx) fail(what string, err error) error {
	if err == nil {
		return nil
	}
	given := found(err, what)
	if _, refusal := schema.AsRefusal(given); !refusal {
		given = fmt.Errorf("ledger: %s: %w", what, given)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		t.failed = given
	}
	return given
}
