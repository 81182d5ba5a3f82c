// Package simulate invents a network of services. Haven is tried with it: Network is where it starts, Drift is how it goes on. And policies are
// compared with it: a World has the supply and demand of a horizon, Run puts one policy to it, a Study compares several over several seeds, and Fit finds
// the parameters that nobody publishes.
//
// Everything is fictional: no organisation, code name, number or place of a service is real, only the councils and outward codes are. Shares
// follow the published figures where there are any (Women's Aid's Routes to Support figures for England); each share names its source or says assumed.
//
// Of a referral no outcome is put in. It fails because the space was gone, a fact rules it out, or she would not go there, and each of these has causes that
// are in the world; Fit reads one published year, and another is there to be wrong about.
//
// It is pure. Chance comes from the seed alone: one seed and one time give one network, on every machine and in every release.
package simulate
