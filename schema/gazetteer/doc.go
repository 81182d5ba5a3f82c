// Package gazetteer turns what a person types (half a postcode, a town, a council, a county, a region) into a schema.Area: a circle
// with an honest radius.
//
// Three layers, each taking precedence over the one below. Outward codes imported from a postcode directory; the embedded table of
// the five West Midlands postcode areas, placed on towns of the GeoNames slice; and for every other outward code the post town of its
// postcode area with a radius that covers the whole of that area.
//
// Invariants:
//   - The inward half of a postcode is dropped before anything else is done with it; nothing finer than an outward code comes out.
//   - A radius covers the area or is labelled an assumption that is meant to (S4): too wide costs a "check first", too narrow costs a life.
//   - A name that fits several areas is never guessed. Errors carry no part of what was typed: where a survivor must not go is not for logs.
//
// Everything is parsed once from the binary; a Gazetteer never changes after it was made and is safe for concurrent use. No I/O
// besides the io.Reader given to Import, no clock.
package gazetteer
