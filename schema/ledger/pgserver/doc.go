// Package pgserver runs a private PostgreSQL server: for `haven dev`, which keeps its data between runs, and for tests, one server per test
// binary. No other role starts one.
//
// What it holds:
//   - What a durable server acknowledged is there after Kill and Restart. A server that is not durable may lose the last transactions, and
//     is for tests of logic only.
//   - Connecting needs no password, so the server listens on a socket in a directory closed to other accounts. A loopback port is opened
//     only where asked for, and any account of the machine can then connect.
//   - The server's log holds no statement and no row: both could carry what a survivor said.
//   - It never outlives this process (see package private).
//
// A Server may be used from several goroutines.
package pgserver
