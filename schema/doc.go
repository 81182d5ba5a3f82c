// Package schema holds the words everyone in Haven shares: what a service, a space, a household, a hold and a placement are, the code
// lists people choose from, and the verbs that move a state or refuse to.
//
// It is pure: standard library only, no clock, no I/O, no log, no randomness. A time is always an argument and always UTC.
// Every state change is a verb on a value that returns a Refusal when it may not happen; nothing here writes anything down.
package schema
