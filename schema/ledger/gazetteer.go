package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"haven/schema/gazetteer"
)

// PutGazetteer keeps an imported directory of outward codes; the newest serves from the next start on.
func (db *DB) PutGazetteer(ctx context.Context, imported gazetteer.Imported) error {
	raw, err := json.Marshal(imported)
	if err != nil {
		return fmt.Errorf("ledger: gazetteer: %w", err)
	}
	if _, err = db.pool.ExecContext(ctx, `INSERT INTO gazetteer (imported) VALUES ($1)`, raw); err != nil {
		return fmt.Errorf("ledger: gazetteer: %w", translate(err))
	}
	return nil
}

// Gazetteer gives the newest imported directory, and false where none was imported.
func (db *DB) Gazetteer(ctx context.Context) (imported gazetteer.Imported, found bool, err error) {
	var raw []byte
	err = db.read(ctx, haven, func(tx *sqlx.Tx) error {
		err := tx.GetContext(ctx, &raw, `SELECT imported FROM gazetteer ORDER BY id DESC LIMIT 1`)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil || raw == nil {
		return imported, false, err
	}
	if err := json.Unmarshal(raw, &imported); err != nil {
		return imported, false, fmt.Errorf("ledger: gazetteer: %w", err)
	}
	return imported, true, nil
}
