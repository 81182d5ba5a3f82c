package exchange

import (
	"time"

	"haven/schema"
)

// lock locks the spaces, reads the clock and ends every hold on them that has run out. It must be called outside Try: what it settles
// commits whatever becomes of the command (S3). The spaces are read again after anything was ended.
func lock(tx Tx, ids ...schema.SpaceID) ([]SpaceNow, time.Time, error) {
	spaces, err := tx.LockSpaces(ids...)
	if err != nil {
		return nil, time.Time{}, err
	}
	now, err := tx.Now()
	if err != nil {
		return nil, time.Time{}, err
	}
	ended, err := expireClaims(tx, spaces, now)
	if err != nil || !ended {
		return spaces, now, err
	}
	spaces, err = tx.LockSpaces(ids...)
	return spaces, now, err
}

func expireClaims(tx Tx, spaces []SpaceNow, now time.Time) (bool, error) {
	seen := map[schema.ClaimID]bool{}
	for _, sp := range spaces {
		for _, c := range sp.Claims {
			if c.Kind != schema.Promise || c.HoldState != schema.Held || now.Before(c.HoldExpiresAt) || seen[c.ID] {
				continue
			}
			seen[c.ID] = true
			if err := expireClaim(tx, c, now); err != nil {
				return false, err
			}
		}
	}
	return len(seen) > 0, nil
}

func expireClaim(tx Tx, c ClaimNow, now time.Time) error {
	return tx.Across(func() error {
		h, err := tx.LockHold(c.Hold)
		if err != nil {
			return err
		}
		h, err = h.Expire(now)
		if err != nil {
			return err
		}
		if err := endHold(tx, h); err != nil {
			return err
		}
		return text(tx, "hold_expired", h, now)
	})
}

// endHold keeps an ended hold, frees its rooms, and tells both sides. The spaces of the hold must be locked.
func endHold(tx Tx, h schema.Hold) error {
	if err := saveHold(tx, h, "hold_ended", h.End); err != nil {
		return err
	}
	if err := tx.EndClaim(h.Claim, h.End); err != nil {
		return err
	}
	return tx.Bump(h.Space)
}

// saveHold keeps a changed hold with its event and tells the two organisations.
func saveHold(tx Tx, h schema.Hold, what, why string) error {
	h.Version++
	if err := tx.SaveHold(h); err != nil {
		return err
	}
	body := map[string]any{"state": h.State, "ended_by": h.EndedBy, "reason": h.EndReason, "expires_at": h.ExpiresAt}
	if err := tx.Record(Event{What: what, Subject: string(h.ID), Why: why, Body: body}); err != nil {
		return err
	}
	return tx.Tell(TopicHold, string(h.ID), h.Version, h.Organisation, h.Provider)
}

// text asks for a staff message about a hold. It is worthless, even harmful, once the hold is long over.
func text(tx Tx, wording string, h schema.Hold, now time.Time) error {
	id, err := newID()
	if err != nil {
		return err
	}
	by, notAfter := h.ExpiresAt, h.ExpiresAt
	if h.State == schema.Ended {
		by, notAfter = now, now.Add(staleTextAfter)
	}
	_, err = tx.Text(TextRequest{ID: schema.MessageID(id), Wording: wording, Service: h.Service, Hold: h.ID, By: by, NotAfter: notAfter})
	return err
}

// staleTextAfter: a text that a request was released helps for an hour.
const staleTextAfter = time.Hour
