package schema

import (
	"strconv"
	"time"
)

// mostExpected of one household: more is a slip of the hand.
const mostExpected = 6

// Expected is how many babies a place has to have room for after the birth: one at least where somebody is pregnant.
func (h Household) Expected() int {
	if h.Pregnant != Yes {
		return 0
	}
	return max(1, h.Expecting)
}

func (h Household) checkExpected() error {
	if err := h.Pregnant.Check("pregnant"); err != nil {
		return err
	}
	switch {
	case h.Expecting < 0 || h.Expecting > mostExpected:
		return Invalid("expecting", "How many babies are expected must be 1 to "+strconv.Itoa(mostExpected)+", or left empty")
	case h.Expecting > 0 && h.Pregnant != Yes:
		return Invalid("expecting", "Say that somebody is pregnant, or leave how many babies are expected empty")
	case h.Due == "":
		return nil
	case h.Pregnant != Yes:
		return Invalid("due", "Say that somebody is pregnant, or leave the day the baby is due empty")
	}
	if _, err := time.Parse(time.DateOnly, h.Due); err != nil {
		return Invalid("due", "The day the baby is due must look like 2027-03-27, or be left empty")
	}
	return nil
}
