package simulate

import "slices"

// Result of one policy in one world.
type Result struct {
	Policy string `json:"policy"`
	Seed   uint64 `json:"seed"`

	Households int `json:"households"`
	Placed     int `json:"placed"`
	// Hours from beginning to look until arrival, of those who were placed.
	MeanHours   float64 `json:"mean_hours"`
	MedianHours float64 `json:"median_hours"`
	// Nights in bed and breakfast while looking.
	Nights int `json:"bed_and_breakfast_nights"`

	Referrals     int `json:"referrals"`
	Accepted      int `json:"accepted"`
	NoCapacity    int `json:"no_capacity"`
	HerChoice     int `json:"survivors_choice"`
	Inappropriate int `json:"not_for_the_service"`

	Spaces int     `json:"spaces"`
	Days   int     `json:"days"`
	Groups []Share `json:"groups"`
	// Late are those with two or more barriers who had no place after a day: whom No Woman Turned Away would hear of.
	Late Share `json:"several_barriers_after_a_day"`
}

// Share of a group that was placed.
type Share struct {
	Group  string `json:"group"`
	Asked  int    `json:"asked"`
	Placed int    `json:"placed"`
}

// Of gives the share, 0 where nobody asked.
func (s Share) Of() float64 {
	if s.Asked == 0 {
		return 0
	}
	return float64(s.Placed) / float64(s.Asked)
}

func (s *Share) count(placed bool) {
	s.Asked++
	if placed {
		s.Placed++
	}
}

func (r Result) group(code string) Share {
	for _, s := range r.Groups {
		if s.Group == code {
			return s
		}
	}
	return Share{}
}

// perSpace in a year.
func (r Result) perSpace(n int) float64 {
	return float64(n) / float64(max(r.Spaces, 1)) * 365 / float64(max(r.Days, 1))
}

func (r *run) result() Result {
	w := r.w
	out := Result{Policy: r.policy.Code, Seed: w.Seed, Households: len(w.households), Spaces: len(w.places), Days: w.Days}
	out.Accepted, out.NoCapacity, out.HerChoice, out.Inappropriate = r.counts[accepted], r.counts[noCapacity], r.counts[herChoice], r.counts[inappropriate]
	out.Referrals = out.Accepted + out.NoCapacity + out.HerChoice + out.Inappropriate
	for _, g := range NeedGroups() {
		out.Groups = append(out.Groups, Share{Group: g.Code})
	}
	var hours []int
	for h := range w.households {
		who, s := &w.households[h], &r.states[h]
		placed := s.placedAt >= 0
		if placed {
			out.Placed++
			hours = append(hours, s.placedAt-who.at)
		}
		if who.inBB {
			out.Nights += nights(who.at, r.leftBB(h))
		}
		for g, in := range who.groups {
			if in {
				out.Groups[g].count(placed)
			}
		}
		if late := !placed || s.placedAt-who.at > 24; late && who.until-who.at > 24 && barriers(&who.truth) >= 2 {
			out.Late.count(placed)
		}
	}
	slices.Sort(hours)
	if n := len(hours); n > 0 {
		sum := 0
		for _, h := range hours {
			sum += h
		}
		out.MeanHours, out.MedianHours = float64(sum)/float64(n), float64(hours[n/2])
	}
	return out
}

// leftBB is when a household leaves bed and breakfast: when it arrives, or stops looking, or the horizon ends.
func (r *run) leftBB(h int) int {
	s := &r.states[h]
	switch {
	case s.placedAt >= 0:
		return min(s.placedAt, r.w.hours)
	case s.ended >= 0:
		return s.ended
	}
	return r.w.hours
}

// nights between two hours.
func nights(from, to int) int { return to/24 - from/24 }
