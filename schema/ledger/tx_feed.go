package ledger

import (
	"haven/exchange"
	"haven/schema"
)

// LockFeed makes the messages of one key follow one another, whichever connection or process they came through.
func (t *tx) LockFeed(id schema.KeyID) (exchange.FeedState, error) {
	var row struct {
		Organisation schema.OrganisationID `db:"organisation_id"`
		Session      string                `db:"session"`
		LastSeq      int64                 `db:"last_seq"`
		Revoked      bool                  `db:"revoked"`
	}
	err := t.get("feed key", &row, `
		SELECT organisation_id, session, last_seq, revoked_at IS NOT NULL AS revoked FROM feed_key WHERE id = $1 FOR NO KEY UPDATE`, key(id))
	return exchange.FeedState(row), err
}

func (t *tx) TakeFeed(id schema.KeyID, session string) error {
	return t.one("feed key", `UPDATE feed_key SET session = $2 WHERE id = $1`, key(id), session)
}

func (t *tx) FeedAnswer(id schema.KeyID, seq int64) ([]byte, bool, error) {
	var answers [][]byte
	err := t.list("feed answer", &answers, `SELECT answer FROM feed_answer WHERE key_id = $1 AND seq = $2`, key(id), seq)
	if err != nil || len(answers) == 0 {
		return nil, false, err
	}
	return answers[0], true, nil
}

func (t *tx) AnswerFeed(id schema.KeyID, seq int64, answer []byte) error {
	if err := t.one("feed key", `UPDATE feed_key SET last_seq = $2 WHERE id = $1`, key(id), seq); err != nil {
		return err
	}
	_, err := t.exec("feed answer", `INSERT INTO feed_answer (key_id, seq, answer) VALUES ($1, $2, $3)`, key(id), seq, string(answer))
	return err
}
