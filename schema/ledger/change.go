package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/lib/pq"

	"haven/exchange"
)

var _ exchange.Ledger = (*DB)(nil)

const (
	// attempts of one command when it has to give way to another.
	attempts = 4
	// giveWay is the first wait between them, and doubles: long enough for the other to commit.
	giveWay = 10 * time.Millisecond
)

// Change runs fn as one transaction and commits. Nothing was done when it gives an error, but for unknown_outcome: a commit that was sent and
// not answered, which is never tried again here.
func (db *DB) Change(ctx context.Context, actor exchange.Actor, fn func(exchange.Tx) error) error {
	for attempt := 1; ; attempt++ {
		err := db.change(ctx, actor, fn)
		if !collided(err) || attempt == attempts {
			return err
		}
		db.log.Info("a command gave way to another and is run again", "attempt", attempt)
		select {
		case <-time.After(giveWay << (attempt - 1)):
		case <-ctx.Done():
			return err
		}
	}
}

func (db *DB) change(ctx context.Context, actor exchange.Actor, fn func(exchange.Tx) error) error {
	// The end of ctx ends everything up to the commit and nothing after: the driver would give up on a commit under way, and nobody would
	// know its outcome.
	running, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	proceed := context.AfterFunc(ctx, end)
	begun, err := db.pool.BeginTxx(running, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return fmt.Errorf("ledger: begin: %w", endedOr(ctx, err))
	}
	defer begun.Rollback()
	t := &tx{ctx: running, tx: begun, actor: actor}
	if err := t.bind(organisationOf(actor)); err != nil {
		return endedOr(ctx, err)
	}
	if err := fn(t); err != nil {
		return endedOr(ctx, err)
	}
	if t.failed != nil {
		// fn made a refusal of a statement that the server has already given the transaction up for: there is nothing left to commit.
		return endedOr(ctx, t.failed)
	}
	if !proceed() {
		return fmt.Errorf("ledger: %w", endedOr(ctx, ctx.Err()))
	}
	return settled(begun.Commit())
}

// endedOr names the end of ctx as the cause where it is one, not what the driver makes of it.
func endedOr(ctx context.Context, err error) error {
	if ended := ctx.Err(); ended != nil && !errors.Is(err, ended) {
		err = fmt.Errorf("%w: %w", ended, err)
	}
	return translate(err)
}

// settled sorts what a commit said: an ERROR of the server is its word that nothing was kept; anything else is no answer.
func settled(err error) error {
	if err == nil {
		return nil
	}
	if said := pq.As(err); said != nil && said.Severity != "ERROR" || said == nil && !errors.Is(err, pq.ErrInFailedTransaction) {
		return unknown(err)
	}
	return fmt.Errorf("ledger: commit: %w", translate(err))
}
