package schema

import "fmt"

// Tier is how much a wish matters to her, in her own words. Tiers are an order, never weights: no number of nice ones makes up for a strong one.
type Tier string

const (
	// Must: a place without it does not fit. She may do without it later; it is then the one change.
	Must   Tier = "must"
	Strong Tier = "strong"
	Nice   Tier = "nice"
)

// WishCode is permanent.
type WishCode string

const (
	WishSelfContained WishCode = "self_contained"
	WishShared        WishCode = "shared"
	WishOwnKitchen    WishCode = "own_kitchen"
	WishOwnBathroom   WishCode = "own_bathroom"
	WishRegions       WishCode = "regions"
	WishSetting       WishCode = "setting"
	WishRunFor        WishCode = "run_for"
	WishSpoken        WishCode = "spoken"
	WishChildrens     WishCode = "childrens_worker"
	WishNear          WishCode = "near"
	WishFar           WishCode = "far"
)

// Wish is one thing she would like of a place that is already safe.
type Wish struct {
	Code WishCode `json:"code"`
	Tier Tier     `json:"tier"`
	// Areas of the wish regions: lying in any of them meets it.
	Areas []Area `json:"areas,omitempty"`
	// Which of the wish's list: a Settings, Groups or Languages code.
	Which string `json:"which,omitempty"`
}

// WishKind is a row of what can be wished for.
type WishKind struct {
	Code  WishCode
	Label string
	// Orders: it only orders places, nearest or farthest band first, so it cannot be a must.
	Orders bool
	// Of is the list that Which is taken from; nil where there is none.
	Of Codes
}

// WishKinds lists every wish, in the order a form asks.
func WishKinds() []WishKind {
	return []WishKind{
		{Code: WishSelfContained, Label: "Self-contained"},
		{Code: WishShared, Label: "Shared with others"},
		{Code: WishOwnKitchen, Label: "A kitchen of their own"},
		{Code: WishOwnBathroom, Label: "A bathroom of their own"},
		{Code: WishRegions, Label: "In one of these areas"},
		{Code: WishSetting, Label: "City, town or country", Of: Settings},
		{Code: WishRunFor, Label: "Run by and for", Of: Groups},
		{Code: WishSpoken, Label: "Staff who speak", Of: Languages},
		{Code: WishChildrens, Label: "A children's worker"},
		{Code: WishNear, Label: "As near as is safe", Orders: true},
		{Code: WishFar, Label: "As far as possible", Orders: true},
	}
}

// WishKindOf finds a kind by its code.
func WishKindOf(code WishCode) (WishKind, bool) {
	for _, k := range WishKinds() {
		if k.Code == code {
			return k, true
		}
	}
	return WishKind{}, false
}

// Settings: what a place is like around. As the service describes it.
var Settings = Codes{
	{Code: "city", Words: "City"},
	{Code: "town", Words: "Town"},
	{Code: "country", Words: "Country"},
}

const mostWishes = 20

func (n Need) checkWishes() error {
	if len(n.Wishes) > mostWishes {
		return Invalid("wishes", fmt.Sprintf("At most %d wishes", mostWishes))
	}
	for i, w := range n.Wishes {
		field := fmt.Sprintf("wishes[%d]", i)
		kind, ok := WishKindOf(w.Code)
		switch {
		case !ok:
			return Invalid(field+".code", "Choose a wish from the list")
		case w.Tier != Must && w.Tier != Strong && w.Tier != Nice:
			return Invalid(field+".tier", "A wish must be must, strong or nice")
		case w.Tier == Must && kind.Orders:
			return Invalid(field+".tier", kind.Label+" orders places, so it must be strong or nice")
		case kind.Of != nil && !kind.Of.Has(w.Which):
			return Invalid(field+".which", "Choose from the list for: "+kind.Label)
		case kind.Of == nil && w.Which != "":
			return Invalid(field+".which", "Leave which empty for: "+kind.Label)
		case (w.Code == WishRegions) != (len(w.Areas) > 0):
			return Invalid(field+".areas", "Areas belong to the wish for areas, which names 1 at least")
		case len(w.Areas) > MostAreas:
			return Invalid(field+".areas", fmt.Sprintf("At most %d areas wished for; name a council or a region instead of its parts", MostAreas))
		}
		for _, a := range w.Areas {
			if a.Code == "" {
				return Invalid(field+".areas", "An area wished for is empty")
			}
		}
	}
	return nil
}
