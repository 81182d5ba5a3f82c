// Package notifier decides which text message may go, to which number, when and in what words, and sees it through an outbox to the
// provider that carries it.
//
// Invariants:
//   - A message is committed as sending before its request is written, so a worker that dies in between leaves a message that may have
//     gone. Such a message becomes unknown and is never sent again by a program: the provider is asked whether it has it, and where it
//     does not say so, people are told.
//   - The only failures tried again are those after which nothing can have gone: told to slow down, or no connection was made.
//   - Nothing goes after NotAfter, and the provider is told to drop it then: a request to answer that arrives after the hold ended harms.
//   - Staff are texted on a current duty number only. A survivor is texted only under a recorded, current permission for that number,
//     window and wording (S7); the default is no.
//   - Words carry no needs, names or places; logs carry opaque ids, never a number or a text.
//
// The package keeps no state: the Outbox does, and any number of workers may share one. Each message is owned through a lease with a
// token; whoever lost the lease can no longer write. Policy (Next, LookAgain, MayText, Message's verbs) is pure: time and chance are arguments.
package notifier
