package exchange

import (
	"context"
	"encoding/json"
	"fmt"

	"haven/schema"
)

// FeedMessage is one numbered message of a provider's feed: exactly one part is set.
type FeedMessage struct {
	Publish  *Publish
	Snapshot *Complete
	Confirm  *Confirming
	Answer   *Answering
	// unreadable: the frame was a numbered message, but not one that can be read.
	unreadable *schema.Refusal
}

// FeedAnswer is what the number is answered with, for ever: the same number again gives the same answer and no second effect.
type FeedAnswer struct {
	Seq int64 `json:"seq"`
	OK  bool  `json:"ok"`
	// Spaces, for publish and snapshot: what became of each.
	Spaces []SpaceOutcome `json:"spaces,omitempty"`
	// Code, Field and Words of a refusal.
	Code  string `json:"code,omitempty"`
	Field string `json:"field,omitempty"`
	Words string `json:"words,omitempty"`
}

// Codes of the feed's own refusals; they are not stored, for nothing was done about the number.
const (
	CodeFenced  = "fenced"  // a newer session of the same key took over
	CodeGap     = "gap"     // a number was left out
	CodeRevoked = "revoked" // the key was revoked
)

// Feed applies one numbered message: its effect and its answer are one transaction (S2).
func (x *Exchange) Feed(ctx context.Context, key schema.KeyID, organisation schema.OrganisationID, session string, seq int64, m FeedMessage) (FeedAnswer, error) {
	actor := Actor{By: string(key), Organisation: organisation, Role: schema.RoleProvider, Via: ViaFeed}
	var given FeedAnswer
	err := x.ledger.Change(ctx, actor, func(tx Tx) error {
		given = FeedAnswer{}
		state, err := tx.LockFeed(key)
		if err != nil {
			return err
		}
		if err := liveSession(state, session); err != nil {
			return err
		}
		if seq <= state.LastSeq {
			given, err = storedAnswer(tx, key, seq)
			return err
		}
		if seq != state.LastSeq+1 {
			return schema.Refuse(schema.KindStale, CodeGap, fmt.Sprintf("Number %d was expected. Send the missing messages first.", state.LastSeq+1))
		}
		given, err = applyFeed(tx, actor, m)
		if err != nil {
			return err
		}
		given.Seq = seq
		raw, err := json.Marshal(given)
		if err != nil {
			return fmt.Errorf("exchange: feed answer: %w", err)
		}
		return tx.AnswerFeed(key, seq, raw)
	})
	return given, err
}

// RejectFeed stores a refusal for a number whose message could not be read, so that it too is answered once.
func (x *Exchange) RejectFeed(ctx context.Context, key schema.KeyID, organisation schema.OrganisationID, session string, seq int64, why *schema.Refusal) (FeedAnswer, error) {
	return x.Feed(ctx, key, organisation, session, seq, FeedMessage{unreadable: why})
}

// OpenFeed makes session the key's one live session and gives the number answered last. Whatever an older session still sends is fenced.
func (x *Exchange) OpenFeed(ctx context.Context, key schema.KeyID, organisation schema.OrganisationID, session string) (lastSeq int64, err error) {
	actor := Actor{By: string(key), Organisation: organisation, Role: schema.RoleProvider, Via: ViaFeed}
	err = x.ledger.Change(ctx, actor, func(tx Tx) error {
		state, err := tx.LockFeed(key)
		if err != nil {
			return err
		}
		if state.Revoked {
			return schema.Refuse(schema.KindForbidden, CodeRevoked, "This key has been revoked. Ask for a new one.")
		}
		lastSeq = state.LastSeq
		return tx.TakeFeed(key, session)
	})
	return lastSeq, err
}

func liveSession(state FeedState, session string) error {
	if state.Revoked {
		return schema.Refuse(schema.KindForbidden, CodeRevoked, "This key has been revoked. Ask for a new one.")
	}
	if state.Session != session {
		return schema.Refuse(schema.KindStale, CodeFenced, "A newer connection with this key took over. Nothing was done.")
	}
	return nil
}

func storedAnswer(tx Tx, key schema.KeyID, seq int64) (FeedAnswer, error) {
	raw, found, err := tx.FeedAnswer(key, seq)
	if err != nil {
		return FeedAnswer{}, err
	}
	if !found {
		return FeedAnswer{}, schema.Invalid("seq", "seq must be 1, 2, 3… for each key")
	}
	var a FeedAnswer
	if err := json.Unmarshal(raw, &a); err != nil {
		return a, fmt.Errorf("exchange: stored feed answer: %w", err)
	}
	return a, nil
}

// applyFeed runs the message. A refusal becomes the answer; what the command settled before it is kept.
func applyFeed(tx Tx, actor Actor, m FeedMessage) (FeedAnswer, error) {
	var out FeedAnswer
	var err error
	switch {
	case m.unreadable != nil:
		err = m.unreadable
	case m.Publish != nil:
		out.Spaces, err = publish(tx, actor, *m.Publish)
	case m.Snapshot != nil:
		out.Spaces, err = snapshot(tx, actor, *m.Snapshot)
	case m.Confirm != nil:
		_, err = confirm(tx, actor, *m.Confirm)
	case m.Answer != nil:
		_, err = answer(tx, actor, *m.Answer)
	}
	refusal, refused := schema.AsRefusal(err)
	switch {
	case err == nil:
		out.OK = true
		return out, nil
	case !refused || refusal.Kind == schema.KindBusy:
		return FeedAnswer{}, err
	}
	return FeedAnswer{Code: refusal.Code, Field: refusal.Field, Words: refusal.Words}, nil
}
