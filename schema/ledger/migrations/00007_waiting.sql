-- Households that wait: which requests Haven keeps looking for, what it found for them, and who on duty hears of it.
-- +goose Up
ALTER TABLE request
  ADD COLUMN waiting_since timestamptz,
  ADD CONSTRAINT request_waits_while_open CHECK (waiting_since IS NULL OR state = 'open');
CREATE INDEX request_waiting ON request (id) WHERE waiting_since IS NOT NULL;

-- A place that opened for a request that waits, until it is gone. The same place opening again is another row.
CREATE TABLE waiting_match (
  request_id uuid NOT NULL REFERENCES request,
  space_id   uuid NOT NULL REFERENCES space,
  verdict    text NOT NULL CHECK (verdict IN ('fits', 'check_first')),
  found_at   timestamptz NOT NULL,
  -- It was there before they began to wait, on the list that they saw: nobody is texted about it.
  known      boolean NOT NULL DEFAULT false,
  told_at    timestamptz,
  gone_at    timestamptz,
  PRIMARY KEY (request_id, space_id, found_at)
);
-- However many processes look, one opening is found once.
CREATE UNIQUE INDEX waiting_match_one_live ON waiting_match (request_id, space_id) WHERE gone_at IS NULL;

-- Since when a place is free turns on every claim there was on its rooms, not on the live ones alone.
CREATE INDEX claim_room_room ON claim_room (room_id);

-- An organisation's own duty number, apart from what is shown of it; read only by the text queue.
CREATE TABLE organisation_contact (
  organisation_id uuid PRIMARY KEY REFERENCES organisation,
  duty_number     text NOT NULL DEFAULT ''
);

-- A text is about a hold, or about a request that waits.
ALTER TABLE message ADD COLUMN request_id uuid;

-- Whoever may see a request may see what was found for it: the subquery reads under the request's own policy.
ALTER TABLE waiting_match ENABLE ROW LEVEL SECURITY;
CREATE POLICY waiting_match_of_request ON waiting_match USING (EXISTS (SELECT FROM request r WHERE r.id = request_id));
ALTER TABLE organisation_contact ENABLE ROW LEVEL SECURITY;
CREATE POLICY organisation_contact_own ON organisation_contact USING (may_see(organisation_id));

GRANT SELECT, INSERT, UPDATE ON waiting_match, organisation_contact TO haven_running;
