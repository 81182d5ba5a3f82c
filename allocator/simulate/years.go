package simulate

import "time"

// Year is what was published of one year in England.
type Year struct {
	Name  string
	Start time.Time
	// Referrals for each space in the year.
	Referrals float64
	// Change makes a parameter what it was in that year, where it is known.
	Change func(*Params)
	// Anchors to compare with.
	Anchors []Anchor
	// Note says what the figures themselves leave open.
	Note string
}

// Anchor is a published figure that a simulation should reproduce.
type Anchor struct {
	Words     string  `json:"words"`
	Published float64 `json:"published"`
	// Within is how far off still counts as met: the range that the project asks for.
	Within float64 `json:"within"`
	Source string  `json:"source"`
	of     func(Result) float64
}

func share1(part, of int) float64 { return float64(part) / float64(max(of, 1)) }

func unsuccessful(r Result) float64 { return 1 - share1(r.Accepted, r.Referrals) }

func failed(r Result) int { return r.Referrals - r.Accepted }

// FitYear is 2019-20: 4,251 spaces, 10,592 women housed, 57.2% (Women's Aid) or 63% (ONS) of referrals unsuccessful, 18.1% of all for lack of capacity.
func FitYear() Year {
	const low, high = 0.572, 0.63
	middle := (low + high) / 2
	placements := 10592.0 / 4251
	return Year{
		Note: "The two estimates of one year differ by 6 points: the fit aims between them.",
		Name: "2019-20", Start: time.Date(2019, 4, 1, 0, 0, 0, 0, time.UTC),
		Referrals: placements / (1 - middle),
		// 5% of vacancies would consider no recourse in 2018-19, 6.3% in 2020-21.
		Change: func(p *Params) { p.OutOfRecourse = 0.056 },
		Anchors: []Anchor{
			{"Unsuccessful referrals", middle, (high - low) / 2, "57.2% (Women's Aid), 63% (ONS)", unsuccessful},
			{"Of all referrals: no capacity", 0.181, 0.03, "Women's Aid 2021", func(r Result) float64 { return share1(r.NoCapacity, r.Referrals) }},
			{"Referrals for each space in a year", placements / (1 - middle), 0.5, "10,592 placements in 4,251 spaces, by the middle estimate", func(r Result) float64 { return r.perSpace(r.Referrals) }},
		},
	}
}

// TestYear is 2022-23: 4,385 spaces, 27,754 referrals, 10,824 accepted.
func TestYear() Year {
	fit := FitYear()
	referrals := 27754.0 / 4385
	return Year{
		Note: "No capacity rose from 18.1% to 24.8% of all referrals while referrals for each space hardly rose: what is fitted to the one cannot meet the other. " +
			"The reasons of 2022-23 come from 62 refuges, counted another way.",
		Name: "2022-23", Start: time.Date(2022, 4, 1, 0, 0, 0, 0, time.UTC),
		Referrals: referrals,
		Change: func(p *Params) {
			p.OutOfRecourse = 0.091
			p.HouseholdsPerSpace *= referrals / fit.Referrals // demand of that year, in referrals for each space
		},
		Anchors: []Anchor{
			{"Unsuccessful referrals", 0.61, 0.03, "27,754 referred, 10,824 accepted; estimates range from 57% to 67%", unsuccessful},
			{"Of these: no capacity", 0.406, 0.03, "62 refuges", func(r Result) float64 { return share1(r.NoCapacity, failed(r)) }},
			{"Of these: the survivor's choice", 0.354, 0.03, "62 refuges", func(r Result) float64 { return share1(r.HerChoice, failed(r)) }},
			{"Of these: not a referral for the service", 0.18, 0.03, "62 refuges; the other 6.0% are not modelled", func(r Result) float64 { return share1(r.Inappropriate, failed(r)) }},
			{"Referrals for each space in a year", referrals, 0.5, "27,754 in 4,385 spaces", func(r Result) float64 { return r.perSpace(r.Referrals) }},
			{"Placements for each space in a year", 10824.0 / 4385, 0.2, "10,824 in 4,385 spaces", func(r Result) float64 { return r.perSpace(r.Accepted) }},
			{"Two or more barriers, and not placed in the first day: placed", 0.073, 0.027, "14 of 193 (No Woman Turned Away): of those whom the helpline could not place", func(r Result) float64 { return r.Late.Of() }},
			{"Two or more barriers: placed", 0.05, 0.05, "under 10%, as this project asks; nobody publishes it of all who ask", func(r Result) float64 { return r.group("several_barriers").Of() }},
		},
	}
}
