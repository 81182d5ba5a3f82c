// Package feed is the door for providers' own systems: the WebSocket protocol haven.feed.v1 at GET /feed/v1, and a client for it.
// asyncapi.yaml documents every message and every code, and a test holds it to this package.
//
// A provider's system numbers its messages 1, 2, 3… for each key. The effect of a message and its answer are one transaction of the ledger
// (exchange.Feed), so a number is answered once and for ever: sent again it gets the same answer and has no second effect (S2). What could
// not be stored (PostgreSQL away, a number left out, too many a second) is answered by a nack with "final": false, which means: nothing is
// kept under this number, send it again. Nothing is dropped in silence.
//
// Concurrency. A session owns its socket: one goroutine reads it, one writes it, one tells holds and one looks whether the key still
// stands. The reader applies one message at a time, in order, and waits for the writer when answers pile up, so a sender that does not read
// is slowed by its own socket and then closed. Followers of the board never wait for a session: what does not fit its queue closes it.
//
// Lifetime. A session ends by its peer, by a coded close (codes.go), or by Drain. Whatever ends it, the message being applied is finished
// and answered first. The HTTP server in front must set ReadHeaderTimeout: an upgrade that trickles in is its matter, not this package's.
//
// Nothing about a household goes out but a hold's needs, without identity, to the provider the hold was put to (S6). Keys are secrets:
// only their SHA-256 leaves this package, and neither is logged.
package feed
