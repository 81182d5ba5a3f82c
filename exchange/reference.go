package exchange

import "crypto/rand"

// referenceLetters leaves out 0, O, 1 and I, which are misheard and misread on the telephone.
const referenceLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// NewReference makes a call reference such as 7K4Q: 32^4, about a million, unique among open requests (the ledger decides).
func NewReference() string {
	var b [4]byte
	rand.Read(b[:])
	for i := range b {
		b[i] = referenceLetters[int(b[i])%len(referenceLetters)]
	}
	return string(b[:])
}
