-- Outward codes imported from a published directory; without one the built-in gazetteer serves.
-- +goose Up
CREATE TABLE gazetteer (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  imported    jsonb NOT NULL, -- gazetteer.Imported: codes with centre and radius, vintage and attribution
  imported_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT, INSERT ON gazetteer TO haven_running;
