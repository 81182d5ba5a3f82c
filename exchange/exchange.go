package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"haven/allocator"
	"haven/schema"
)

// Config of an Exchange. Ledger is required; Index only where searches are answered.
type Config struct {
	Ledger Ledger
	Index  *allocator.Index
	// References makes the short codes people say aloud; NewReference when nil.
	References func() string
}

// Exchange runs the commands. It is safe for concurrent use and holds no state of its own but the count of searches.
type Exchange struct {
	ledger     Ledger
	index      *allocator.Index
	references func() string
	searches   chan SearchCount
}

// New refuses a missing ledger at start, not at the first command.
func New(c Config) (*Exchange, error) {
	if c.Ledger == nil {
		return nil, errors.New("exchange: no ledger")
	}
	if c.References == nil {
		c.References = NewReference
	}
	if c.Index == nil {
		c.Index = allocator.NewIndex()
	}
	return &Exchange{ledger: c.Ledger, index: c.Index, references: c.References, searches: make(chan SearchCount, searchBacklog)}, nil
}

// Reader gives what pages read.
func (x *Exchange) Reader() Reader { return x.ledger }

// newID makes an opaque id that sorts by time.
func newID() (string, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return "", fmt.Errorf("exchange: make an id: %w", err)
	}
	return id.String(), nil
}

// outcome is what is kept of a finished command, so that the same one sent again gets the same answer: its result, or its refusal.
type outcome struct {
	Result  json.RawMessage `json:"result,omitempty"`
	Refusal *schema.Refusal `json:"refusal,omitempty"`
}

// command runs fn as one transaction. A refusal from fn commits: whatever fn settled before its own Try is kept, whatever becomes of the
// command (S3). Any other error rolls everything back. With actor.Once the outcome is stored in the same transaction and given again.
func command[T any](ctx context.Context, x *Exchange, actor Actor, name string, args any, fn func(Tx) (T, error)) (T, error) {
	var result T
	var refusal *schema.Refusal
	err := x.ledger.Change(ctx, actor, func(tx Tx) error {
		result, refusal = *new(T), nil
		mark, err := fingerprint(name, args)
		if err != nil {
			return err
		}
		if actor.Once != "" {
			kept, done, err := tx.Once(mark)
			if err != nil {
				return err
			}
			if done {
				result, refusal, err = recall[T](kept)
				return err
			}
		}
		result, err = fn(tx)
		if err != nil {
			r, ok := schema.AsRefusal(err)
			if !ok || r.Kind == schema.KindBusy {
				return err
			}
			result, refusal = *new(T), r
		}
		if actor.Once == "" {
			return nil
		}
		kept, err := keep(result, refusal)
		if err != nil {
			return err
		}
		return tx.Remember(mark, kept)
	})
	if err != nil {
		return *new(T), err
	}
	if refusal != nil {
		return *new(T), refusal
	}
	return result, nil
}

func fingerprint(name string, args any) (string, error) {
	raw, err := json.Marshal(args)
	if err != nil {
		return "", fmt.Errorf("exchange: %s: %w", name, err)
	}
	sum := sha256.Sum256(raw)
	return name + ":" + hex.EncodeToString(sum[:]), nil
}

func keep(result any, refusal *schema.Refusal) ([]byte, error) {
	if refusal != nil {
		return json.Marshal(outcome{Refusal: refusal})
	}
	raw, err := json.Marshal(result)
	if err != nil {
		return nil, fmt.Errorf("exchange: keep a result: %w", err)
	}
	return json.Marshal(outcome{Result: raw})
}

func recall[T any](kept []byte) (result T, refusal *schema.Refusal, err error) {
	var o outcome
	if err := json.Unmarshal(kept, &o); err != nil {
		return result, nil, fmt.Errorf("exchange: recall a result: %w", err)
	}
	if o.Refusal != nil {
		return result, o.Refusal, nil
	}
	if err := json.Unmarshal(o.Result, &result); err != nil {
		return result, nil, fmt.Errorf("exchange: recall a result: %w", err)
	}
	return result, nil, nil
}
