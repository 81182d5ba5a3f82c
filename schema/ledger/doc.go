// Package ledger is the record: PostgreSQL, the truth of Haven, and the only importer of sqlx and lib/pq.
//
// Invariants. A place is granted by two partial unique indexes (claim_one_live_promise_per_room, claim_one_live_occupancy_per_room) and by
// nothing else. What was acknowledged was committed with synchronous_commit on. The running user owns nothing: every transaction sets
// haven.organisation and row-level security binds it. Events, reports and seals are append-only by trigger. No NOTIFY is sent inside a
// command. Rows are locked in one order: feed key, request, rooms by id, spaces by id, hold.
//
// Errors of the driver leave this package as schema refusals where a person can act on them (KindBusy when the database is away and nothing
// was done), else wrapped and opaque.
package ledger
