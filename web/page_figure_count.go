package web

import (
	"encoding/json"
	"strconv"
)

// countState says what may be told of a count: itself, that it is small, or nothing.
type countState int

const (
	countShown countState = iota
	// countFew: 1 to 4 households, in whom people could be recognised.
	countFew
	// countWithheld: no small number itself, but one could be worked out from it.
	countWithheld
)

// smallest is the least number, other than none at all, that is shown.
const smallest = 5

// figureCount is a number of the figures as it may be published. The number itself does not leave it while it is hidden, whatever prints it.
type figureCount struct {
	n     int
	state countState
}

func newFigureCount(n int) figureCount {
	if n > 0 && n < smallest {
		return figureCount{n, countFew}
	}
	return figureCount{n, countShown}
}

// Shown says whether the number itself may be told.
func (c figureCount) Shown() bool { return c.state == countShown }

// String is what people read.
func (c figureCount) String() string {
	switch c.state {
	case countFew:
		return "fewer than 5"
	case countWithheld:
		return "not shown"
	}
	return strconv.Itoa(c.n)
}

// MarshalJSON gives a script null for a hidden number, and the words that say why.
func (c figureCount) MarshalJSON() ([]byte, error) {
	out := struct {
		Value *int   `json:"value"`
		Words string `json:"words"`
	}{Words: c.String()}
	if c.Shown() {
		out.Value = &c.n
	}
	return json.Marshal(out)
}

// percentOf a whole, in full per cent. There is none where either is hidden: it would tell both.
func (c figureCount) percentOf(whole figureCount) string {
	if !c.Shown() || !whole.Shown() || whole.n == 0 {
		return ""
	}
	return strconv.Itoa((200*c.n+whole.n)/(2*whole.n)) + "%"
}
