package live

import "haven/exchange"

// Frame is what a browser gets. From and To number the entries of the stream it accounts for, whether or not any of them is shown. A browser
// whose last To is not From-1, or whose Epoch is another, asks for the list again.
type Frame struct {
	Epoch string `json:"epoch"`
	From  int64  `json:"from"`
	To    int64  `json:"to"`
	// Point: the stream stands at To; nothing before it was or will be sent.
	Point bool `json:"point,omitempty"`
	// State says in words how current the list is, for the header.
	State   string   `json:"state,omitempty"`
	Changes []Change `json:"changes"`
}

// Change is what one browser is shown of one entry. Version lets it drop what is older than what it has.
type Change struct {
	Space   string `json:"space,omitempty"`
	Hold    string `json:"hold,omitempty"`
	Request string `json:"request,omitempty"`
	Version int64  `json:"version"`
	// HTML is the space's row as it is now.
	HTML string `json:"html,omitempty"`
	// Gone: the space cannot be held any more.
	Gone bool `json:"gone,omitempty"`
	// Group of the list the space now belongs to.
	Group string `json:"group,omitempty"`
}

// entry of a socket's queue: a change, or the point a snapshot stands at.
type entry struct {
	change exchange.Change
	point  bool
}

// frames gathers entries into as few frames as keep from and to honest: a jump in the numbers, another epoch or a snapshot starts a new one.
type frames struct {
	see  func(exchange.Change) (Change, bool)
	out  []Frame
	last int64
}

func (f *frames) add(e entry) {
	c := e.change
	if e.point {
		f.out = append(f.out, Frame{Epoch: c.Epoch, From: c.N, To: c.N, Point: true, Changes: []Change{}})
		f.last = c.N
		return
	}
	if n := len(f.out); n == 0 || f.out[n-1].Point || f.out[n-1].Epoch != c.Epoch || c.N != f.last+1 {
		f.out = append(f.out, Frame{Epoch: c.Epoch, From: c.N, Changes: []Change{}})
	}
	now := &f.out[len(f.out)-1]
	now.To, f.last = c.N, c.N
	if shown, ok := f.see(c); ok {
		now.Changes = append(now.Changes, shown)
	}
}
