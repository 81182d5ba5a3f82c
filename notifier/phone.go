package notifier

import (
	"errors"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// errNotMobile never repeats what was typed: it may be a survivor's number and end in a log.
var errNotMobile = errors.New("enter a mobile number of the United Kingdom, Guernsey, Jersey or the Isle of Man, like 07700 900982")

// ErrDramaNumber is a number kept for stories and examples; nobody reads a text sent there.
var ErrDramaNumber = errors.New("this number is kept for examples and reaches nobody; enter a real mobile number")

const dramaPrefix = "+447700900"

// ParseMobile reads a number as people type it and gives it in E.164. Only a mobile can show a text, and pagers, landlines and other
// countries are refused. drama also allows the example numbers 07700 900000 to 900999, which the number plan calls invalid.
func ParseMobile(s string, drama bool) (string, error) {
	s = strings.TrimSpace(s)
	// The library also reads letters as digits and takes extensions; a number typed so is a mistake here.
	if len(s) > 40 || strings.ContainsFunc(s, notInNumber) {
		return "", errNotMobile
	}
	n, err := phonenumbers.Parse(s, "GB")
	if err != nil || n.GetCountryCode() != 44 {
		return "", errNotMobile
	}
	e164 := phonenumbers.Format(n, phonenumbers.E164)
	if len(e164) == len(dramaPrefix)+3 && strings.HasPrefix(e164, dramaPrefix) {
		if !drama {
			return "", ErrDramaNumber
		}
		return e164, nil
	}
	if !phonenumbers.IsValidNumber(n) || phonenumbers.GetNumberType(n) != phonenumbers.MOBILE {
		return "", errNotMobile
	}
	switch phonenumbers.GetRegionCodeForNumber(n) {
	case "GB", "GG", "JE", "IM":
		return e164, nil
	}
	return "", errNotMobile
}

func notInNumber(r rune) bool {
	return !strings.ContainsRune("0123456789+-.() ", r)
}
