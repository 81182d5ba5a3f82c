-- Who is here: organisations, the people who sign in, and the keys of providers' own systems.
-- +goose Up
-- +goose StatementBegin
DO $$
BEGIN
  -- The running database user is made a member of this role by `haven migrate`. It owns nothing, so row-level security binds it.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'haven_running') THEN
    CREATE ROLE haven_running NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- another database of the same server made it at the same moment
END $$;
-- +goose StatementEnd

-- The organisation a transaction acts for; '*' is Haven itself, set only by the ledger's Across.
CREATE FUNCTION acting_for() RETURNS text LANGUAGE sql STABLE AS
$$ SELECT coalesce(current_setting('haven.organisation', true), '') $$;

CREATE FUNCTION may_see(organisation uuid) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT acting_for() = '*' OR acting_for() = organisation::text $$;

CREATE TABLE organisation (
  id         uuid PRIMARY KEY,
  kind       text NOT NULL CHECK (kind IN ('provider', 'helpline', 'council', 'commissioner', 'network')),
  name       text NOT NULL CHECK (name <> ''),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE account (
  id              uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation,
  role            text NOT NULL CHECK (role IN ('helpline', 'manager', 'housing', 'commissioner', 'administrator')),
  email           text NOT NULL,
  name            text NOT NULL,
  password_hash   text NOT NULL,
  disabled        boolean NOT NULL DEFAULT false,
  created_at      timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX account_email ON account (lower(email));

CREATE TABLE session (
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  account_id uuid NOT NULL REFERENCES account,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX session_expires ON session (expires_at);

CREATE TABLE api_token (
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  account_id uuid NOT NULL REFERENCES account,
  label      text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  revoked_at timestamptz
);

CREATE TABLE feed_key (
  id              uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation,
  hash            bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
  label           text NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  revoked_at      timestamptz,
  -- The one live session; anything an older session still sends is fenced.
  session         text NOT NULL DEFAULT '',
  last_seq        bigint NOT NULL DEFAULT 0
);

CREATE TABLE feed_answer (
  key_id uuid NOT NULL REFERENCES feed_key,
  seq    bigint NOT NULL CHECK (seq > 0),
  answer jsonb NOT NULL,
  at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Who it was given to, and nobody else is given it again.
  organisation text NOT NULL DEFAULT acting_for(),
  PRIMARY KEY (key_id, seq)
);

-- A command sent again with the same key gives the same result and has no second effect. A result may hold what a survivor said, so it is its
-- organisation's alone, and goes when the key has served its time.
CREATE TABLE idempotency (
  actor       text NOT NULL,
  key         text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
  fingerprint text NOT NULL,
  result      jsonb NOT NULL,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  organisation text NOT NULL DEFAULT acting_for(),
  PRIMARY KEY (actor, key)
);
CREATE INDEX idempotency_at ON idempotency (at);

ALTER TABLE feed_answer ENABLE ROW LEVEL SECURITY;
CREATE POLICY feed_answer_own ON feed_answer USING (acting_for() IN ('*', organisation));
ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY;
CREATE POLICY idempotency_own ON idempotency USING (acting_for() IN ('*', organisation));

-- Before PostgreSQL 15 anybody could make tables here, and own them.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO haven_running;
GRANT SELECT, INSERT, UPDATE ON organisation, account, api_token, feed_key TO haven_running;
GRANT SELECT, INSERT, UPDATE, DELETE ON session TO haven_running;
GRANT SELECT, INSERT, DELETE ON feed_answer, idempotency TO haven_running;
