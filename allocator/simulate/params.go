package simulate

import "fmt"

// Params are what a simulation is made from: supply, demand and how people behave. None is an outcome: what share of referrals fails, and why, comes
// out and is never put in.
type Params struct {
	HouseholdsPerSpace, Direct, Unasked float64

	StayDays, StaySpread, ReadyHours, OutOfRecourse, WheelchairSpaces, MobilitySpaces, Men        float64
	SleepsTwo, SleepsThree, SleepsFour                                                            float64
	ConfirmHours, WrongReports, UnsaidIsYes, UnsaidRoomIsYes, WouldConsider, AskedIsYes, FindsCot float64

	December                                                                                           float64
	Children, OneMore, UnderFive, Pregnant, NoRecourse, Mobility, Wheelchair, Hearing, MentalHealth    float64
	Alcohol, Drugs, OtherLanguage, ManAsks, TransAsks, Young, InWork, CanPay, Pet, SecondArea, Several float64
	RunFor, Contact, Caring                                                                            float64
	RiskHigh, RiskMedium, SleepsWithAbuser, SleepsNowhere                                              float64

	Unsaid, TooNear, Reach, AnswerHours, ChangesMind, LooksDays, BedAndBreakfast, StaysInBB, RingHours, OnlyOwnHome float64
}

// Param is one row: what a number means, what it is when nobody says, and where it comes from.
type Param struct {
	Code   string  `json:"code"`
	Words  string  `json:"words"`
	Value  float64 `json:"value"`
	Source string  `json:"source"` // a published figure with its year, "fitted", or "assumed"
	// What it may be: a share is of 1.
	least, most float64
	of          func(*Params) *float64
}

// Defaults puts every row's value into place.
func Defaults() Params {
	var p Params
	for _, row := range ParamTable() {
		*row.of(&p) = row.Value
	}
	return p
}

// Of reads a row's value.
func (row Param) Of(p Params) float64 { return *row.of(&p) }

const (
	assumed = "assumed"
	fitted  = "fitted on 2019-20: haven simulate -fit -seeds 4"
)

// ParamTable lists every parameter, in the order a report prints them. A share is of 1.
func ParamTable() []Param {
	return append(append(freeParams(), supplyParams()...), append(demandParams(), behaviourParams()...)...)
}

// freeParams are the three that nobody publishes and that one published year pins down. See Fit.
func freeParams() []Param {
	return []Param{
		{"households_per_space", "Households that start to look, for each space, in a year", 5.625, fitted, 0.1, mostHouseholds, func(p *Params) *float64 { return &p.HouseholdsPerSpace }},
		{"direct", "Share of households that ring services without a list of what is free", 0.003, fitted, 0, 1, func(p *Params) *float64 { return &p.Direct }},
		{"unasked", "Share of households whom nobody asks before the first referral where they would go", 0.562, fitted, 0, 1, func(p *Params) *float64 { return &p.Unasked }},
	}
}

func supplyParams() []Param {
	return []Param{
		{"stay_days", "Mean length of stay, days (log-normal)", 148, "2022-23: 10,824 placements in 4,385 spaces give at most 148 days at full occupancy; the average itself is not published", 1, 3660, func(p *Params) *float64 { return &p.StayDays }},
		{"stay_spread", "Spread of the length of stay (sigma of its logarithm)", 0.8, assumed, 0, 2, func(p *Params) *float64 { return &p.StaySpread }},
		{"ready_hours", "Mean hours to make a room ready", 36, assumed, 1, 10000, func(p *Params) *float64 { return &p.ReadyHours }},
		{"takes_no_recourse", "Share of services that take somebody with no recourse", 0.091, "9.1% of vacancies would consider (2021-22); 5% in 2018-19", 0, 1, func(p *Params) *float64 { return &p.OutOfRecourse }},
		{"wheelchair_spaces", "Share of spaces for a wheelchair", 0.009, "0.9% of vacancies (2021-22)", 0, 1, func(p *Params) *float64 { return &p.WheelchairSpaces }},
		{"mobility_spaces", "Share of spaces for limited mobility", 0.011, "1.1% of vacancies (2021-22)", 0, 1, func(p *Params) *float64 { return &p.MobilitySpaces }},
		{"takes_men", "Share of services that take men", 0.177, "48 of 271 (May 2023)", 0, 1, func(p *Params) *float64 { return &p.Men }},
		{"sleeps_two", "Share of rooms that sleep two or more", 0.75, "placeholder: nobody publishes it; under half suit two children (2019-22)", 0, 1, func(p *Params) *float64 { return &p.SleepsTwo }},
		{"sleeps_three", "Share of rooms that sleep three or more", 0.46, "placeholder: under half suit two children (2019-22)", 0, 1, func(p *Params) *float64 { return &p.SleepsThree }},
		{"sleeps_four", "Share of rooms that sleep four or more", 0.18, "placeholder: nobody publishes it", 0, 1, func(p *Params) *float64 { return &p.SleepsFour }},
		{"confirm_hours", "Mean hours between a service's confirmations", 14, assumed, 1, 10000, func(p *Params) *float64 { return &p.ConfirmHours }},
		{"wrong_reports", "Share of confirmations that show one room free that is not", 0.003, assumed, 0, 1, func(p *Params) *float64 { return &p.WrongReports }},
		{"unsaid_is_yes", "Chance that a service says yes to what it left unsaid", 0.6, assumed, 0, 1, func(p *Params) *float64 { return &p.UnsaidIsYes }},
		{"unsaid_room_is_yes", "Chance that a room suits an access need it says nothing of", 0.1, assumed, 0, 1, func(p *Params) *float64 { return &p.UnsaidRoomIsYes }},
		{"finds_cot", "Chance that a cot is found where a room says nothing of one", 0.8, assumed, 0, 1, func(p *Params) *float64 { return &p.FindsCot }},
		{"would_consider", "Chance that a service that would consider no recourse says yes", 0.3, assumed, 0, 1, func(p *Params) *float64 { return &p.WouldConsider }},
		{"asked_is_yes", "Chance that what the published area leaves open turns out well", 0.7, assumed, 0, 1, func(p *Params) *float64 { return &p.AskedIsYes }},
	}
}

func demandParams() []Param {
	return []Param{
		{"december", "Demand in December, of another month's", 0.85, "demand dips in December (Bowstead); how much is assumed", 0, 2, func(p *Params) *float64 { return &p.December }},
		{"children", "Share of households with children", 0.62, "62.0% of women using services", 0, 1, func(p *Params) *float64 { return &p.Children }},
		{"one_more_child", "Chance that a family has one child more", 0.524, "2.1 children a mother", 0, 0.9, func(p *Params) *float64 { return &p.OneMore }},
		{"under_five", "Share of children under 5", 0.5, "half of refuge children (2008); the other ages are spread evenly, assumed", 0, 1, func(p *Params) *float64 { return &p.UnderFive }},
		{"pregnant", "Share who are pregnant", 0.07, assumed, 0, 1, func(p *Params) *float64 { return &p.Pregnant }},
		{"no_recourse", "Share with no recourse to public funds", 0.036, "30% of the 12.1% who are not British nationals", 0, 1, func(p *Params) *float64 { return &p.NoRecourse }},
		{"mobility", "Share with limited mobility", 0.049, "22.3% of the 28.7% who are disabled, less wheelchair users", 0, 1, func(p *Params) *float64 { return &p.Mobility }},
		{"wheelchair", "Share who use a wheelchair", 0.015, assumed, 0, 1, func(p *Params) *float64 { return &p.Wheelchair }},
		{"sensory", "Share who are Deaf or partially sighted, each", 0.01, assumed, 0, 1, func(p *Params) *float64 { return &p.Hearing }},
		{"mental_health", "Share who need mental health support", 0.161, "56.0% of the 28.7% who are disabled", 0, 1, func(p *Params) *float64 { return &p.MentalHealth }},
		{"alcohol", "Share who need support with alcohol", 0.05, assumed, 0, 1, func(p *Params) *float64 { return &p.Alcohol }},
		{"drugs", "Share who need support with drugs", 0.04, assumed, 0, 1, func(p *Params) *float64 { return &p.Drugs }},
		{"other_language", "Share who want another language than English", 0.08, "12.1% are not British nationals; the share is assumed", 0, 1, func(p *Params) *float64 { return &p.OtherLanguage }},
		{"men", "Share who are men", 0.038, "1,130 of 29,500 adults supported (2022-23)", 0, 1, func(p *Params) *float64 { return &p.ManAsks }},
		{"trans", "Share who are trans", 0.006, "170 of 29,500 adults supported (2022-23)", 0, 1, func(p *Params) *float64 { return &p.TransAsks }},
		{"age_16_17", "Share who are 16 or 17", 0.01, assumed, 0, 1, func(p *Params) *float64 { return &p.Young }},
		{"in_work", "Share in work", 0.2, assumed, 0, 1, func(p *Params) *float64 { return &p.InWork }},
		{"can_pay", "What somebody in work can pay a week: median pounds", 150, assumed, 1, 2000, func(p *Params) *float64 { return &p.CanPay }},
		{"pets", "Share with a pet that comes too", 0.05, assumed, 0, 1, func(p *Params) *float64 { return &p.Pet }},
		{"second_area", "Share with a second area to avoid", 0.35, assumed, 0, 1, func(p *Params) *float64 { return &p.SecondArea }},
		{"several_people", "Share with several people causing harm", 0.04, assumed, 0, 1, func(p *Params) *float64 { return &p.Several }},
		{"run_for", "Share who would choose a service run by and for a group, each of two groups", 0.08, assumed, 0, 1, func(p *Params) *float64 { return &p.RunFor }},
		{"contact_order", "Share who must stay within reach of contact or care", 0.06, assumed, 0, 1, func(p *Params) *float64 { return &p.Contact }},
		{"ties", "Share with ties they would not leave too far behind", 0.6, assumed, 0, 1, func(p *Params) *float64 { return &p.Caring }},
		{"risk_high", "Share at high risk", 0.3, assumed, 0, 1, func(p *Params) *float64 { return &p.RiskHigh }},
		{"with_abuser", "Share who would sleep in the same home as the person causing harm", 0.35, assumed, 0, 1, func(p *Params) *float64 { return &p.SleepsWithAbuser }},
		{"nowhere", "Share who would sleep nowhere", 0.15, assumed, 0, 1, func(p *Params) *float64 { return &p.SleepsNowhere }},
		{"risk_medium", "Share at medium risk", 0.4, assumed, 0, 1, func(p *Params) *float64 { return &p.RiskMedium }},
	}
}

func behaviourParams() []Param {
	return []Param{
		{"unsaid", "Chance that a need is not said before the service asks", 0.1, assumed, 0, 1, func(p *Params) *float64 { return &p.Unsaid }},
		{"too_near_miles", "How near the person causing harm is too near for her: median miles", 15, assumed, 1, 1000, func(p *Params) *float64 { return &p.TooNear }},
		{"reach_miles", "How far somebody with ties would go: median miles", 60, assumed, 1, 1000, func(p *Params) *float64 { return &p.Reach }},
		{"answer_hours", "Mean hours until a service answers", 8, assumed, 1, 10000, func(p *Params) *float64 { return &p.AnswerHours }},
		{"changes_mind", "Chance a day that she makes another plan or stops answering while a service decides", 0.25, assumed, 0.001, 24, func(p *Params) *float64 { return &p.ChangesMind }},
		{"looks_days", "Mean days until a household stops looking", 6, assumed, 0.1, 365, func(p *Params) *float64 { return &p.LooksDays }},
		{"bed_and_breakfast", "Share of families and pregnant women whom a council puts in bed and breakfast meanwhile", 0.25, assumed, 0, 1, func(p *Params) *float64 { return &p.BedAndBreakfast }},
		{"looks_days_bb", "Mean days that they go on looking, at most 42", 21, assumed, 0.1, 365, func(p *Params) *float64 { return &p.StaysInBB }},
		{"ring_hours", "Hours between calls of who rings without a list", 12, assumed, 1, 10000, func(p *Params) *float64 { return &p.RingHours }},
		{"only_own_home", "Share who would not take a shared house", 0.06, assumed, 0, 1, func(p *Params) *float64 { return &p.OnlyOwnHome }},
	}
}

// Set changes a row's value, and says what it may be where it may not be that.
func (row Param) Set(p *Params, value float64) error {
	if !(value >= row.least && value <= row.most) {
		return fmt.Errorf("%s must be %s to %s", row.Code, plain(row.least), plain(row.most))
	}
	*row.of(p) = value
	return nil
}
