-- The record that cannot be rewritten, and what is told to the world after commit.
-- +goose Up
CREATE TABLE event (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at              timestamptz NOT NULL DEFAULT clock_timestamp(),
  by_id           text NOT NULL,
  organisation_id uuid,
  role            text NOT NULL,
  via             text NOT NULL,
  what            text NOT NULL,
  subject         text NOT NULL,
  why             text NOT NULL DEFAULT '',
  body            jsonb NOT NULL DEFAULT 'null',
  -- Ids commit out of order; the sealer takes only events of transactions that every other has finished before.
  xid             xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX event_subject ON event (subject, id);

-- Whoever acts adds to the record; only Haven reads it, for a service's own exclusions and who did what stand in it. A hold needs its position.
ALTER TABLE event ENABLE ROW LEVEL SECURITY;
CREATE POLICY event_add ON event FOR INSERT WITH CHECK (true);
CREATE POLICY event_read ON event FOR SELECT USING (acting_for() = '*');
CREATE VIEW record_position AS SELECT coalesce(max(id), 0) AS position FROM event;

-- A seal is one link of the hash chain over a batch of committed events.
CREATE TABLE seal (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  previous  bytea NOT NULL,
  hash      bytea NOT NULL CHECK (length(hash) = 32),
  events    int NOT NULL,
  sealed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE sealed_event (
  event_id bigint PRIMARY KEY REFERENCES event,
  seal_id  bigint NOT NULL REFERENCES seal
);
CREATE INDEX sealed_event_seal ON sealed_event (seal_id, event_id);

-- +goose StatementBegin
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only: add an event that corrects the earlier one', TG_TABLE_NAME; END $$;
-- +goose StatementEnd
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER report_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON report FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON seal FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER sealed_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sealed_event FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- Written in the command's transaction, deleted once published. A row that commits late is simply still here.
CREATE TABLE outbox (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic   text NOT NULL,
  subject text NOT NULL,
  version bigint NOT NULL,
  to_ids  uuid[] NOT NULL DEFAULT '{}'
);

-- One relay at a time; the term rides on every write to Redis, and a lower one is refused there.
CREATE TABLE relay_term (
  one    boolean PRIMARY KEY DEFAULT true CHECK (one),
  holder text NOT NULL DEFAULT '',
  term   bigint NOT NULL DEFAULT 0,
  until  timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO relay_term DEFAULT VALUES;

-- Text messages to be sent. `sending` is written before the request leaves, so that a crash never sends twice blindly.
CREATE TABLE message (
  id         uuid PRIMARY KEY,
  wording    text NOT NULL,
  audience   text NOT NULL CHECK (audience IN ('staff', 'survivor')),
  to_number  text NOT NULL,
  hold_id    uuid,
  by_time    timestamptz,
  not_before timestamptz NOT NULL,
  not_after  timestamptz NOT NULL,
  state      text NOT NULL DEFAULT 'ready',
  attempts   int NOT NULL DEFAULT 0,
  lease      text NOT NULL DEFAULT '',
  lease_until timestamptz,
  provider_ref text NOT NULL DEFAULT '',
  code       text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  settled_at timestamptz
);
CREATE INDEX message_due ON message (not_before) WHERE state IN ('ready', 'sending', 'unknown');
-- An id of the provider stands for one message.
CREATE UNIQUE INDEX message_provider_ref ON message (provider_ref) WHERE provider_ref <> '';
ALTER TABLE message ENABLE ROW LEVEL SECURITY;
CREATE POLICY message_haven ON message USING (acting_for() = '*');

GRANT SELECT, INSERT ON event, seal, sealed_event TO haven_running;
GRANT SELECT ON record_position TO haven_running;
GRANT SELECT, INSERT, DELETE ON outbox TO haven_running;
GRANT SELECT, UPDATE ON relay_term TO haven_running;
GRANT SELECT, INSERT, UPDATE ON message TO haven_running;
