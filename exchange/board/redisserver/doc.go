// Package redisserver runs a private Redis: for `haven dev` and for tests, one server per test binary. No other role starts one.
//
// What it holds:
//   - Nothing is kept: a killed or stopped server comes back empty. Redis is never the record of anything here, and a private one that
//     remembered would hide a mistake about that.
//   - It listens on a socket in a directory closed to other accounts. A loopback port is opened only where asked for.
//   - It never outlives this process (see package private).
//   - Where the machine has no Redis an imitation runs inside this process. It is for trying Haven out only, and InMemory says so.
//
// A Server may be used from several goroutines.
package redisserver
