package schema

// Declined is a place this household was put forward for and that did not come about. Haven keeps it with the request; nobody types it.
type Declined struct {
	Service ServiceID `json:"service"`
	Space   SpaceID   `json:"space"`
	// By is ByService or BySurvivor. Her own no is as good as the service's, and costs her nothing.
	By EndedBy `json:"by"`
	// Why is a CannotTake or DecidedNot code.
	Why string `json:"why"`
}

// MostDeclined that a request keeps: the newest.
const MostDeclined = 40

// WithDeclined adds what did not come about, the newest last, and forgets the oldest beyond MostDeclined.
func (n Need) WithDeclined(d Declined) Need {
	kept := make([]Declined, 0, len(n.Declined)+1)
	for _, old := range n.Declined {
		if old != d {
			kept = append(kept, old)
		}
	}
	kept = append(kept, d)
	n.Declined = kept[max(0, len(kept)-MostDeclined):]
	return n
}
