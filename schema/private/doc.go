// Package private runs a server program as a private child of this process: PostgreSQL or Redis for `haven dev` and for tests.
//
// It is the one exception to schema's purity: it forks, signals and writes files. It lives here because the two packages that need it
// (schema/ledger/pgserver and exchange/board/redisserver) are adapters and adapters never import one another; only they, `haven dev` and
// tests import it, and it imports the standard library alone.
//
// What it holds:
//   - A child never outlives its parent. On Linux the kernel sends it a signal when the parent dies, however it dies. Elsewhere there is no
//     such signal, and a parent killed outright leaves its children behind.
//   - A child never sees the parent's environment, so no secret in it reaches a server's memory or log.
//   - A child started by root does not run as root: PostgreSQL refuses to, and Redis has no need to.
//   - Ctrl-C in a terminal reaches the parent only, which then stops its children in its own order.
//
// A Process and a Dir may be used from several goroutines.
package private
