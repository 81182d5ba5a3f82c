// Package plan suggests, for all the households that wait, which of the free places each might be offered, with everybody in view.
//
// It places the most urgent tier's households first, tier by tier; then as many households as it can; then it meets most wishes, the strong
// before the nice; then it leaves free the places that offer what is rare; then it prefers who has waited longest. A family is never divided.
//
// Two households never share a room: a family unit and the rooms it is made of overlap, which makes the plan a set packing. It is solved
// exactly, one connected part at a time, up to a stated size (exactWork); beyond it the plan says how many more households a perfect one might
// place. A part without overlaps is an assignment and is solved exactly at any size.
//
// A pair is considered only where allocator.Evaluate says it fits: what has to be checked first is never planned (S4). Tiers start from
// tonight's facts and from waiting; a mark can only raise one (S5).
//
// It is pure. A plan holds nothing and promises nothing: people take a suggestion up or do not, and a hold is the ledger's alone (S1).
package plan
