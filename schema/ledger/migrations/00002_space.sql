-- What can be lived in: services, atomic rooms, the spaces made of them, and what providers report.
-- +goose Up
CREATE TABLE service (
  id           uuid PRIMARY KEY,
  provider_id  uuid NOT NULL REFERENCES organisation,
  code_name    text NOT NULL,
  provision    text NOT NULL,
  -- Publishable facts only (schema.Service as JSON): nothing here is finer than the area the service chose to publish.
  facts        jsonb NOT NULL,
  hold_minutes int NOT NULL DEFAULT 0 CHECK (hold_minutes = 0 OR hold_minutes BETWEEN 15 AND 60),
  version      bigint NOT NULL DEFAULT 1,
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX service_provider ON service (provider_id);

-- Kept apart from what is published; read only by the text queue.
CREATE TABLE service_contact (
  service_id  uuid PRIMARY KEY REFERENCES service,
  provider_id uuid NOT NULL REFERENCES organisation,
  duty_number text NOT NULL DEFAULT ''
);

-- An atomic room: what a claim is written on.
CREATE TABLE room (
  id         uuid PRIMARY KEY,
  service_id uuid NOT NULL REFERENCES service,
  ref        text NOT NULL,
  UNIQUE (service_id, ref)
);

CREATE TABLE space (
  id             uuid PRIMARY KEY,
  service_id     uuid NOT NULL REFERENCES service,
  provider_id    uuid NOT NULL REFERENCES organisation,
  ref            text NOT NULL,
  facts          jsonb NOT NULL, -- schema.Space
  state          text NOT NULL DEFAULT 'closed' CHECK (state IN ('available', 'getting_ready', 'taken', 'out_of_use', 'closed')),
  from_at        timestamptz,
  until_at       timestamptz,
  why            text NOT NULL DEFAULT '',
  reported_at    timestamptz,
  confirmed_at   timestamptz,
  confirmed_by   text NOT NULL DEFAULT '',
  published      boolean NOT NULL DEFAULT false,
  version        bigint NOT NULL DEFAULT 0,
  report_version bigint NOT NULL DEFAULT 0,
  UNIQUE (service_id, ref)
);
CREATE INDEX space_provider ON space (provider_id);

CREATE TABLE space_room (
  space_id uuid NOT NULL REFERENCES space,
  room_id  uuid NOT NULL REFERENCES room,
  PRIMARY KEY (space_id, room_id)
);
CREATE INDEX space_room_room ON space_room (room_id, space_id);

-- Every report, as it was given.
CREATE TABLE report (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  space_id uuid NOT NULL REFERENCES space,
  state    text NOT NULL,
  from_at  timestamptz,
  until_at timestamptz,
  why      text NOT NULL DEFAULT '',
  claim_id uuid, -- the claim it named and ended
  by_id    text NOT NULL,
  via      text NOT NULL,
  at       timestamptz NOT NULL
);
CREATE INDEX report_space ON report (space_id, id);

ALTER TABLE service ENABLE ROW LEVEL SECURITY;
CREATE POLICY service_read ON service FOR SELECT USING (true);
CREATE POLICY service_add ON service FOR INSERT WITH CHECK (may_see(provider_id));
CREATE POLICY service_change ON service FOR UPDATE USING (may_see(provider_id));
ALTER TABLE service_contact ENABLE ROW LEVEL SECURITY;
CREATE POLICY service_contact_own ON service_contact USING (may_see(provider_id));
ALTER TABLE space ENABLE ROW LEVEL SECURITY;
CREATE POLICY space_read ON space FOR SELECT USING (true);
CREATE POLICY space_add ON space FOR INSERT WITH CHECK (may_see(provider_id));
CREATE POLICY space_change ON space FOR UPDATE USING (may_see(provider_id));

GRANT SELECT, INSERT, UPDATE ON service, service_contact, space TO haven_running;
-- SELECT … FOR NO KEY UPDATE, which locks a room, needs UPDATE on it.
GRANT SELECT, INSERT, UPDATE ON room TO haven_running;
GRANT SELECT, INSERT, DELETE ON space_room TO haven_running;
GRANT SELECT, INSERT ON report TO haven_running;
