// Package exchange is what people do in Haven: publish, confirm, hold, extend, answer, arrive, end, record unmet need.
//
// Each command is one file and one transaction of the ledger, in a fixed shape: lock (idempotency key or feed key, request, rooms by id, spaces
// by id, hold), read the database's clock, end any hold that has run out, run the hard rules again on what is locked, move state by a verb of
// schema that can refuse, append the event, write the outbox row, commit, and only then answer. Nothing is told to anybody before commit.
//
// A Lookout keeps looking for the households that wait: it matches in memory what the board tells, and leaves what it finds to such a transaction.
//
// What stands outside is reached through the small ports of ports.go; the adapters (schema/ledger, exchange/board, exchange/feed, web) import
// this package and never one another.
package exchange
