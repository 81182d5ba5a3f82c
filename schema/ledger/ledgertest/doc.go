// Package ledgertest gives each test a ledger of its own: a migrated database on one private server per test binary, opened as a running user
// that owns nothing, and the few rows (organisations, people, services, spaces) that tests stand on, made by the same transactions as commands.
//
// Call Main from TestMain; the server starts with the first database asked for and ends with the binary.
package ledgertest
