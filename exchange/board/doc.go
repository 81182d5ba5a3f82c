// Package board is the live projection in Redis: every published place, and a stream of what changed. It is the only importer of go-redis.
//
// One Relay, elected through the ledger, carries what was committed from the outbox to Redis; a Following in every process carries it from
// Redis to the followers there (the engine's index, the browsers' sockets, the feeds).
//
// What holds:
//   - Redis is never the record. All of it can be lost at any moment, and is made again from the ledger under a new epoch (S2).
//   - Within an epoch the entries of the stream are numbered 1, 2, 3…; a follower that misses one notices, and takes a new snapshot.
//   - Older loses: a place is replaced only by a newer version of itself, so an entry that is sent twice or late does no harm.
//   - Every write names the relay's term and the epoch it believes in; the scripts refuse a lower term and another epoch, so that a relay
//     that stood still and woke up changes nothing.
//   - A row leaves the outbox after it reached Redis, never before. With Redis away, rows wait.
//   - A list that may be old says so: Following.State tells since when, measured from the last time the relay found nothing left to publish.
//
// Relay and Following run until their context ends; each calls its ports from one goroutine. Lists keep being served from memory, as last
// heard, while Redis or the relay is away.
package board
