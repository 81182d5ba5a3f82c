// Package simulate invents a network of services to try Haven with: Network is where it starts, Drift is how it goes on.
//
// Everything is fictional: no organisation, code name, number or place of a service is real, only the councils and outward codes are. Shares
// follow the published figures where there are any (Women's Aid's Routes to Support figures for England); each share names its source or says assumed.
//
// It is pure. Chance comes from the seed alone: one seed and one time give one network, on every machine and in every release.
package simulate
