package ledger

import (
	"haven/schema"
)

// longestKey is what the table holds.
const longestKey = 200

// Once takes a lock for the key until the transaction ends, so that of the same command sent twice at once the second finds the result of
// the first instead of working beside it. It is the first lock of a command, and the only one of its kind.
func (t *tx) Once(fingerprint string) ([]byte, bool, error) {
	if t.actor.Once == "" {
		return nil, false, nil
	}
	if len(t.actor.Once) > longestKey {
		return nil, false, schema.Invalid("idempotency_key", "The idempotency key must be 1 to 200 characters")
	}
	if _, err := t.exec("once", `SELECT pg_advisory_xact_lock(hashtext($1), hashtext($2))`, t.actor.By, t.actor.Once); err != nil {
		return nil, false, err
	}
	var kept []struct {
		Fingerprint string `db:"fingerprint"`
		Result      []byte `db:"result"`
	}
	err := t.list("once", &kept, `SELECT fingerprint, result FROM idempotency WHERE actor = $1 AND key = $2`, t.actor.By, t.actor.Once)
	if err != nil || len(kept) == 0 {
		return nil, false, err
	}
	if kept[0].Fingerprint != fingerprint {
		return nil, false, schema.Refuse(schema.KindInvalid, "idempotency_key_reused", "This idempotency key was used for a different command. Use a new key for each.")
	}
	return kept[0].Result, true, nil
}

// Remember does nothing for a command without a key: it is safe to repeat by itself.
func (t *tx) Remember(fingerprint string, result []byte) error {
	if t.actor.Once == "" {
		return nil
	}
	_, err := t.exec("remember", `INSERT INTO idempotency (actor, key, fingerprint, result) VALUES ($1, $2, $3, $4)`,
		t.actor.By, t.actor.Once, fingerprint, string(result))
	return err
}
