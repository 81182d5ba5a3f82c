-- What a space is now: the one place where reports, overlaps and claims become a vacancy. The grant, the manager's board, the relay and the
-- rebuild all read it. It reads with its owner's rights, as views do: holds and claims of others decide a status, and nothing of them but an end
-- time is shown.
-- +goose Up
CREATE VIEW space_now AS
SELECT
  s.id, s.service_id, s.provider_id, s.ref, s.facts, s.state, s.from_at, s.until_at, s.why, s.reported_at, s.confirmed_at, s.confirmed_by,
  s.version, s.report_version,
  s.published AND s.state <> 'closed' AS published,
  CASE
    WHEN promise.state = 'held'           THEN 'on_hold'
    WHEN promise.state = 'agreed'         THEN 'taken'
    -- Getting ready for the next household, unless it was said before the one that lives there arrived.
    WHEN occupied_since IS NOT NULL AND (s.state <> 'getting_ready' OR occupied_since >= s.reported_at) THEN 'taken'
    WHEN overlap.state = 'taken'          THEN 'taken'
    WHEN overlap.state = 'out_of_use'     THEN 'out_of_use'
    WHEN s.state = 'available'            THEN 'available'
    WHEN s.state = 'getting_ready'        THEN 'getting_ready'
    WHEN s.state = 'out_of_use'           THEN 'out_of_use'
    ELSE 'taken'
  END AS status,
  CASE WHEN promise.state = 'held' THEN promise.expires_at WHEN s.state = 'out_of_use' THEN s.until_at END AS status_until,
  occupied_since IS NOT NULL AS occupied
FROM space s
-- The newest word on any of its rooms, when that came from another space: a family unit is not free when one of its rooms was let since. In
-- one message, where both have the same time, "taken" wins.
LEFT JOIN LATERAL (
  SELECT o.state
  FROM space_room mine
  JOIN space_room theirs ON theirs.room_id = mine.room_id AND theirs.space_id <> s.id
  JOIN space o ON o.id = theirs.space_id AND o.published
  WHERE mine.space_id = s.id AND o.state IN ('taken', 'out_of_use') AND o.reported_at >= s.reported_at
  ORDER BY o.state DESC
  LIMIT 1
) overlap ON true
-- The live promise on any of its rooms.
LEFT JOIN LATERAL (
  SELECT h.state, h.expires_at
  FROM space_room mine
  JOIN claim_room c ON c.room_id = mine.room_id AND c.live AND c.kind = 'promise'
  JOIN hold h ON h.claim_id = c.claim_id
  WHERE mine.space_id = s.id
  ORDER BY h.state = 'agreed' DESC, h.expires_at DESC
  LIMIT 1
) promise ON true
CROSS JOIN LATERAL (
  SELECT max(o.made_at) AS occupied_since
  FROM space_room mine
  JOIN claim_room c ON c.room_id = mine.room_id AND c.live AND c.kind = 'occupancy'
  JOIN claim o ON o.id = c.claim_id
  WHERE mine.space_id = s.id
) occupancy;

GRANT SELECT ON space_now TO haven_running;
