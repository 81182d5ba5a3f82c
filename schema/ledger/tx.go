package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"haven/exchange"
	"haven/schema"
)

var _ exchange.Tx = (*tx)(nil)

// tx is one transaction of one actor. It lives inside Change and is used by one goroutine.
type tx struct {
	ctx   context.Context // of this transaction: the port's methods take none, because a command cannot outlive it
	tx    *sqlx.Tx
	actor exchange.Actor
	// bound is what row-level security compares with at the moment.
	bound string
	// depth of savepoints, which name them.
	depth int
	// failed is why the server takes no more statements. It is kept so that a later statement, or the commit, tells the cause and not that.
	failed error
	// reported is when the reports of this transaction were given: one time for all, so that a message cannot contradict itself.
	reported time.Time
}

func (t *tx) bind(organisation string) error {
	if t.failed != nil {
		return t.failed
	}
	if err := bind(t.ctx, t.tx, organisation); err != nil {
		return t.fail("bind", err)
	}
	t.bound = organisation
	return nil
}

// Across lifts the organisation and puts it back. Where fn failed with the transaction, the savepoint around it puts the binding back, or
// nothing runs any more.
func (t *tx) Across(fn func() error) error {
	if t.bound == haven {
		return fn()
	}
	was := t.bound
	if err := t.bind(haven); err != nil {
		return err
	}
	err := fn()
	back := t.bind(was)
	t.bound = was
	if err != nil {
		return err
	}
	return back
}

// Try sets a savepoint, so that a command that fails keeps what it settled before: an expired hold it met stays ended (S3).
func (t *tx) Try(fn func() error) error {
	t.depth++
	defer func() { t.depth-- }()
	point := fmt.Sprintf("try_%d", t.depth)
	if _, err := t.exec("try", "SAVEPOINT "+point); err != nil {
		return err
	}
	err := fn()
	if err == nil && t.failed != nil {
		err = t.failed // fn let a failed statement pass
	}
	if err == nil {
		_, err := t.exec("try", "RELEASE SAVEPOINT "+point)
		return err
	}
	t.failed = nil
	if _, lost := t.exec("try", "ROLLBACK TO SAVEPOINT "+point+"; RELEASE SAVEPOINT "+point); lost != nil {
		return lost // what was settled before cannot be kept, so a refusal would promise too much
	}
	return err
}

// Now is read when called, never the transaction's start: a wait for a lock must not make it old (S3).
func (t *tx) Now() (now time.Time, err error) {
	err = t.get("clock", &now, `SELECT clock_timestamp()`)
	return now.UTC(), err
}

// exec, get and list run one statement each. what names it in an error, or the thing that was not found.
func (t *tx) exec(what, query string, args ...any) (int64, error) {
	if t.failed != nil {
		return 0, t.failed
	}
	result, err := t.tx.ExecContext(t.ctx, query, args...)
	if err != nil {
		return 0, t.fail(what, err)
	}
	n, err := result.RowsAffected()
	return n, t.fail(what, err)
}

func (t *tx) get(what string, into any, query string, args ...any) error {
	if t.failed != nil {
		return t.failed
	}
	return t.fail(what, t.tx.GetContext(t.ctx, into, query, args...))
}

func (t *tx) list(what string, into any, query string, args ...any) error {
	if t.failed != nil {
		return t.failed
	}
	return t.fail(what, t.tx.SelectContext(t.ctx, into, query, args...))
}

// one is exec where no row means that there is no such thing for this organisation.
func (t *tx) one(what, query string, args ...any) error {
	n, err := t.exec(what, query, args...)
	if err == nil && n == 0 {
		return schema.NotFound(what)
	}
	return err
}

// key is an id as the server can compare it. What is no id at all becomes null, which equals nothing: to the server it would be an error, and
// the transaction with all it settled would be lost for it.
func key[ID ~string](id ID) any {
	if len(id) != 36 || uuid.Validate(string(id)) != nil {
		return nil
	}
	return string(id)
}

// moment is a time, or null for none.
func moment(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

// document is a value as jsonb takes it. The error leaves the value out: it may be what a survivor said.
func document(what string, v any) (string, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("ledger: %s cannot be written as JSON", what)
	}
	return string(raw), nil
}
