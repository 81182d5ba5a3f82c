-- What people need and what was promised: requests, holds, claims, placements, unmet need, nights in bed and breakfast.
-- +goose Up

-- The people who move together. Opaque: identity, where it is ever kept, lives elsewhere and can be erased.
CREATE TABLE household (
  id              uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation,
  created_at      timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE request (
  id              uuid PRIMARY KEY,
  household_id    uuid NOT NULL REFERENCES household,
  organisation_id uuid NOT NULL REFERENCES organisation,
  -- The council it was passed to, with her agreement, when no place was found.
  council_id      uuid REFERENCES organisation,
  reference       text NOT NULL,
  need            jsonb NOT NULL, -- schema.Need: facts, never identity
  state           text NOT NULL CHECK (state IN ('open', 'placed', 'unmet')),
  opened_at       timestamptz NOT NULL,
  opened_by       uuid NOT NULL REFERENCES account,
  ended_at        timestamptz,
  version         bigint NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX request_reference_open ON request (reference) WHERE state = 'open';
CREATE INDEX request_organisation ON request (organisation_id, opened_at DESC);
CREATE INDEX request_household ON request (household_id);
-- Two open requests of one household could hold four places.
CREATE UNIQUE INDEX request_one_open_per_household ON request (household_id) WHERE state = 'open';
CREATE INDEX request_council ON request (council_id) WHERE council_id IS NOT NULL;
CREATE INDEX request_opened ON request (opened_at);

CREATE TABLE claim (
  id       uuid PRIMARY KEY,
  kind     text NOT NULL CHECK (kind IN ('promise', 'occupancy')),
  space_id uuid NOT NULL REFERENCES space,
  hold_id  uuid NOT NULL,
  next     boolean NOT NULL DEFAULT false,
  made_at  timestamptz NOT NULL,
  ended_at timestamptz,
  why      text NOT NULL DEFAULT ''
);
CREATE INDEX claim_hold ON claim (hold_id);
CREATE INDEX claim_space_live ON claim (space_id) WHERE ended_at IS NULL;

-- One row per atomic room. These two indexes are what grants a place; nothing else does (S1).
CREATE TABLE claim_room (
  claim_id uuid NOT NULL REFERENCES claim,
  room_id  uuid NOT NULL REFERENCES room,
  kind     text NOT NULL CHECK (kind IN ('promise', 'occupancy')),
  live     boolean NOT NULL DEFAULT true,
  PRIMARY KEY (claim_id, room_id)
);
CREATE UNIQUE INDEX claim_one_live_promise_per_room ON claim_room (room_id) WHERE live AND kind = 'promise';
CREATE UNIQUE INDEX claim_one_live_occupancy_per_room ON claim_room (room_id) WHERE live AND kind = 'occupancy';

CREATE TABLE hold (
  id              uuid PRIMARY KEY,
  request_id      uuid NOT NULL REFERENCES request,
  space_id        uuid NOT NULL REFERENCES space,
  service_id      uuid NOT NULL REFERENCES service,
  provider_id     uuid NOT NULL REFERENCES organisation,
  organisation_id uuid NOT NULL REFERENCES organisation,
  by_id           uuid NOT NULL REFERENCES account,
  code            text NOT NULL,
  claim_id        uuid NOT NULL UNIQUE REFERENCES claim,
  state           text NOT NULL CHECK (state IN ('held', 'agreed', 'arrived', 'ended')),
  ask             boolean NOT NULL,
  confirm_area    boolean NOT NULL,
  held_at         timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  extensions      int NOT NULL DEFAULT 0,
  provided        jsonb,
  survivor        jsonb,
  arrive_by       timestamptz,
  agreed_at       timestamptz,
  ended_at        timestamptz,
  end_code        text NOT NULL DEFAULT '',
  end_reason      text NOT NULL DEFAULT '',
  ended_by        text NOT NULL DEFAULT '',
  version         bigint NOT NULL DEFAULT 1,
  made            jsonb NOT NULL, -- schema.Basis: what it was made on
  CHECK ((state = 'ended') = (end_code <> ''))
);
CREATE UNIQUE INDEX hold_code ON hold (request_id, code);
CREATE UNIQUE INDEX hold_one_live_per_request_and_space ON hold (request_id, space_id) WHERE state IN ('held', 'agreed');
CREATE INDEX hold_live_request ON hold (request_id) WHERE state IN ('held', 'agreed');
CREATE INDEX hold_live_provider ON hold (provider_id) WHERE state IN ('held', 'agreed');
CREATE INDEX hold_live_organisation ON hold (organisation_id) WHERE state IN ('held', 'agreed');
CREATE INDEX hold_expires ON hold (expires_at) WHERE state = 'held';
CREATE INDEX hold_request ON hold (request_id, held_at DESC);

CREATE TABLE placement (
  id           uuid PRIMARY KEY,
  hold_id      uuid NOT NULL UNIQUE REFERENCES hold,
  request_id   uuid NOT NULL REFERENCES request,
  household_id uuid NOT NULL REFERENCES household,
  space_id     uuid NOT NULL REFERENCES space,
  service_id   uuid NOT NULL REFERENCES service,
  provider_id  uuid NOT NULL REFERENCES organisation,
  provision    text NOT NULL,
  claim_id     uuid NOT NULL UNIQUE REFERENCES claim,
  arrived_at   timestamptz NOT NULL,
  ended_at     timestamptz
);
CREATE INDEX placement_household ON placement (household_id);

CREATE TABLE unmet_need (
  request_id      uuid PRIMARY KEY REFERENCES request,
  organisation_id uuid NOT NULL REFERENCES organisation,
  reasons         text[] NOT NULL CHECK (cardinality(reasons) > 0),
  ended_by        text NOT NULL,
  at              timestamptz NOT NULL
);

CREATE TABLE stay (
  id              uuid PRIMARY KEY,
  request_id      uuid NOT NULL REFERENCES request,
  household_id    uuid NOT NULL REFERENCES household,
  organisation_id uuid NOT NULL REFERENCES organisation, -- the council
  reference       text NOT NULL,
  family          boolean NOT NULL,
  first_night     date NOT NULL,
  last_night      date,
  started_by      uuid NOT NULL REFERENCES account,
  looked_at       timestamptz,
  safe_found      int NOT NULL DEFAULT 0,
  CHECK (last_night IS NULL OR last_night >= first_night - 1)
);
CREATE UNIQUE INDEX stay_one_open_per_household ON stay (household_id) WHERE last_night IS NULL;
CREATE INDEX stay_household ON stay (household_id, first_night);

-- How many places each search found; no facts of a household (zero-result searches are demand nobody recorded).
CREATE TABLE search_count (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at              timestamptz NOT NULL,
  organisation_id uuid NOT NULL,
  fits            int NOT NULL,
  check_first     int NOT NULL,
  unconfirmed     int NOT NULL,
  does_not_fit    int NOT NULL
);

ALTER TABLE household ENABLE ROW LEVEL SECURITY;
CREATE POLICY household_own ON household USING (may_see(organisation_id));
ALTER TABLE request ENABLE ROW LEVEL SECURITY;
CREATE POLICY request_own ON request USING (may_see(organisation_id) OR may_see(council_id)) WITH CHECK (may_see(organisation_id));
ALTER TABLE hold ENABLE ROW LEVEL SECURITY;
CREATE POLICY hold_either_side ON hold USING (may_see(organisation_id) OR may_see(provider_id)) WITH CHECK (may_see(organisation_id) OR may_see(provider_id));
ALTER TABLE placement ENABLE ROW LEVEL SECURITY;
CREATE POLICY placement_provider ON placement USING (may_see(provider_id));
ALTER TABLE unmet_need ENABLE ROW LEVEL SECURITY;
CREATE POLICY unmet_need_own ON unmet_need USING (may_see(organisation_id));
ALTER TABLE stay ENABLE ROW LEVEL SECURITY;
CREATE POLICY stay_own ON stay USING (may_see(organisation_id));

GRANT SELECT, INSERT, UPDATE ON household, request, claim, claim_room, hold, placement, stay TO haven_running;
GRANT SELECT, INSERT ON unmet_need, search_count TO haven_running;
