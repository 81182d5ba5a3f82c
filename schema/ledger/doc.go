// Package ledger is the record: PostgreSQL, the truth of Haven, and the only importer of sqlx and lib/pq.
//
// Invariants. A place is granted by two partial unique indexes (claim_one_live_promise_per_room, claim_one_live_occupancy_per_room) and by
// nothing else. What was acknowledged was committed with synchronous_commit on. The running user owns nothing: every transaction that
// touches somebody's rows sets haven.organisation, and row-level security binds it; only Haven itself reads the record. Events, reports and seals are append-only by trigger. No NOTIFY is sent inside a
// command. Rows are locked in one order: idempotency key, feed key, request, rooms by id, spaces by id, hold; a command that must take a lock
// out of order never waits for it, but gives way and is run again. Locks are FOR NO KEY UPDATE, so that a row which only refers to a locked
// one does not wait for it.
//
// Errors of the driver leave this package as schema refusals where a person can act on them, else wrapped and opaque. KindBusy has two codes:
// busy (nothing was done) and unknown_outcome (a commit was sent and not answered: send it again with the same key).
//
// A statement that fails spoils its transaction. The tx remembers why, so that whatever the command does next, and its commit, tell that
// cause; Try is what makes a failure survivable.
package ledger
