package gazetteer

import (
	"cmp"
	"strconv"
	"strings"
)

// outcode is a taken-apart outward code: B11 is {B 11}, SW1A is {SW 1 A}.
type outcode struct {
	area     string
	district int
	suffix   string
}

func (o outcode) String() string { return o.area + strconv.Itoa(o.district) + o.suffix }

// outwardOf reads a postcode or the first part of one and keeps the outward code only. The rest is looked at to be sure it is the
// rest of a postcode, and dropped.
func outwardOf(text string) (outcode, bool) {
	parts := strings.Fields(strings.ToUpper(text))
	if len(parts) > 1 && isLetters(parts[0]) { // "B 11 4AA"
		parts = append([]string{parts[0] + parts[1]}, parts[2:]...)
	}
	switch len(parts) {
	case 1:
		if o, ok := parseOutcode(parts[0]); ok {
			return o, true
		}
		cut := len(parts[0]) - 3
		if cut < 2 || !beginsInward(parts[0][cut:]) {
			return outcode{}, false
		}
		return parseOutcode(parts[0][:cut])
	case 2:
		if !beginsInward(parts[1]) {
			return outcode{}, false
		}
		return parseOutcode(parts[0])
	}
	return outcode{}, false
}

// parseOutcode accepts the six shapes Royal Mail uses: A9 A99 A9A AA9 AA99 AA9A.
func parseOutcode(s string) (outcode, bool) {
	letters := 0
	for letters < len(s) && isLetter(s[letters]) {
		letters++
	}
	digits := letters
	for digits < len(s) && isDigit(s[digits]) {
		digits++
	}
	number, suffix := s[letters:digits], s[digits:]
	switch {
	case letters < 1 || letters > 2,
		len(number) < 1 || len(number) > 2,
		len(number) == 2 && number[0] == '0',
		len(suffix) > 1 || len(suffix) == 1 && (len(number) != 1 || !isLetter(suffix[0])):
		return outcode{}, false
	}
	district, err := strconv.Atoi(number)
	return outcode{area: s[:letters], district: district, suffix: suffix}, err == nil
}

// beginsInward is true for 4, 4A and 4AA.
func beginsInward(s string) bool {
	return len(s) >= 1 && len(s) <= 3 && isDigit(s[0]) && isLetters(s[1:])
}

// compareCodes orders outward codes as people count: B2 before B10.
func compareCodes(a, b string) int {
	x, _ := parseOutcode(a)
	y, _ := parseOutcode(b)
	return cmp.Or(cmp.Compare(x.area, y.area), cmp.Compare(x.district, y.district), cmp.Compare(x.suffix, y.suffix))
}

func isLetters(s string) bool {
	for i := range len(s) {
		if !isLetter(s[i]) {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return c >= 'A' && c <= 'Z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
