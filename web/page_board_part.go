package web

// cardContext is what the template of one card needs besides the card.
type cardContext struct {
	Page boardPage
	Card boardCard
	Once string
	Act  boardAct
}

// On a card of the page.
func (p boardPage) On(c boardCard) cardContext { return cardContext{Page: p, Card: c, Once: p.Once} }

// With one of the card's acts.
func (c cardContext) With(a boardAct) cardContext { c.Act = a; return c }
