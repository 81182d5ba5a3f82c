// Package live pushes the board's changes to browsers over WebSocket. It only pushes: commands are ordinary forms, and what a browser says
// over the socket only tells what it is looking at.
//
// Invariants. A frame says from which to which entry of the stream it accounts for, even when all of them were filtered out, so that a browser
// can tell a quiet minute from a lost one. A browser that reads too slowly is closed with a code and never delays another. One goroutine
// writes to a socket and one reads from it. What a browser may see of a change is decided by whoever opened the socket for it, never here.
package live
