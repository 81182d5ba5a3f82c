package notifier

import "strings"

// One character outside these two tables (3GPP TS 23.038) turns the whole text into parts of 70.
const (
	gsm7Basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsm7Extended = "\f^{}\\[~]|€" // each takes two places
	gsm7Places   = 160            // in a text of one part
)

// gsm7Length counts the places a text takes in GSM-7; ok is false where it cannot be written in GSM-7.
func gsm7Length(s string) (places int, ok bool) {
	for _, r := range s {
		switch {
		case strings.ContainsRune(gsm7Basic, r):
			places++
		case strings.ContainsRune(gsm7Extended, r):
			places += 2
		default:
			return 0, false
		}
	}
	return places, true
}
