// Package allocator decides which places are safe and right for a household, and says why, and why not.
//
// One evaluator (Evaluate) puts a need to a place under one ordered list of rules (Rules). Its findings are both the verdict and the
// explanation: flip the failing fact and the verdict flips (S8). A thing nobody said is neither yes nor no: it reads check first.
//
// It is pure: facts and a time in, decision and reasons out. Nothing here reads a clock, a network, a file or chance, and nothing is written down.
// Of a service it knows the publishable area and nothing finer, so no number of questions can learn more than was published (S6).
// Risk and tonight's danger are never read: they may order households, never places (S5).
//
// The order of places (order.go) is: fewest reasons against, then their strong wishes, then their nice ones, then what is least scarce, then what is
// likelier to be free. Tiers are an order and never weights, and nothing scarce is withheld.
//
// Index keeps the live places in memory for many readers at once, Waiting the needs of those who wait. Both are one table (table.go) that knows,
// for each rule, which rows the rule cannot tell apart, and asks it once for all of them: no rule is written a second time to be fast. It only
// suggests: a grant is the ledger's alone (S1).
//
// OneChange and AskNext put other needs to the same rules: what the household could choose, and what nobody said. ProviderOpenings and WouldHaveMet
// put other places to them: what services could change, and what new spaces would have met. Safety is in nobody's choice.
//
// A new rule is one file rule_noun.go and one line in its group in rules.go.
package allocator
