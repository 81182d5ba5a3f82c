package schema

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Described is how an adult describes herself, as far as she chose to say. It is never inferred and never asked for proof of.
type Described string

const (
	NotSaid    Described = ""
	Woman      Described = "woman"
	Man        Described = "man"
	TransWoman Described = "trans_woman"
	TransMan   Described = "trans_man"
	NonBinary  Described = "non_binary"
)

// DescribedRow is a description with its words.
type DescribedRow struct {
	Code  Described
	Label string
}

// Descriptions lists what a form offers, in order.
func Descriptions() []DescribedRow {
	return []DescribedRow{
		{Woman, "Woman"}, {Man, "Man"}, {TransWoman, "Trans woman"}, {TransMan, "Trans man"}, {NonBinary, "Non-binary person"}, {NotSaid, "Did not say"},
	}
}

func (d Described) known() bool {
	for _, row := range Descriptions() {
		if row.Code == d {
			return true
		}
	}
	return false
}

func describedList() string {
	var codes []string
	for _, row := range Descriptions() {
		if row.Code != NotSaid {
			codes = append(codes, string(row.Code))
		}
	}
	return strings.Join(codes, ", ")
}

// Adult is somebody of 16 or over who moves with the household.
type Adult struct {
	As Described `json:"as,omitempty"`
	// Age in completed years; 0 when she did not say.
	Age int `json:"age,omitempty"`
	// Is how an adult belongs to the first one: a Relations code; empty for the first, and when nobody said.
	Is string `json:"is,omitempty"`
}

// Relations of another adult to the one who asks, as far as services treat them differently.
var Relations = Codes{
	{Code: PartnerOf, Words: "Partner"},
	{Code: AdultChildOf, Words: "Son or daughter of 18 or over"},
	{Code: CarerOf, Words: "Carer who lives with them"},
	{Code: "relative", Words: "Another relative or friend"},
}

const (
	PartnerOf    = "partner"
	AdultChildOf = "adult_child"
	CarerOf      = "carer"
)

// Sex of a child as the family gave it; services publish an upper age for boys.
type Sex string

const (
	SexNotSaid Sex = ""
	Girl       Sex = "girl"
	Boy        Sex = "boy"
)

// Child is somebody under 18 who moves with the household: a victim in her own right, so a record of her own.
type Child struct {
	Age int `json:"age"` // completed years on the day it was said
	Sex Sex `json:"sex,omitempty"`
	// Born, where known, makes the age on the day of arrival exact (YYYY-MM-DD).
	Born string `json:"born,omitempty"`
}

const (
	// MostPeople is the largest household a request can carry.
	MostPeople = 20
	// CotAge: a child younger than this sleeps in a cot where there is one.
	CotAge = 2
)

// Household is the people who move together. It holds no identity: a name lives apart and can be erased (S9).
type Household struct {
	Adults   []Adult `json:"adults"`
	Children []Child `json:"children,omitempty"`
	Pregnant Fact    `json:"pregnant,omitempty"`
	// Expecting is how many babies are expected, and Due the day (YYYY-MM-DD); 0 and empty when nobody said.
	Expecting int    `json:"expecting,omitempty"`
	Due       string `json:"due,omitempty"`
}

// People is how many move together.
func (h Household) People() int { return len(h.Adults) + len(h.Children) }

// FamilyForBB says whether the six-week limit on bed and breakfast applies: a dependent child or a pregnancy
// (Homelessness (Suitability of Accommodation) (England) Order 2003, SI 2003/3326).
func (h Household) FamilyForBB() bool { return len(h.Children) > 0 || h.Pregnant == Yes }

// Alone16or17 says whether a 16 or 17 year old is here without an adult: never offered bed and breakfast (S10). Two of them are as alone as one;
// children's services owe a duty to each.
func (h Household) Alone16or17() bool {
	return len(h.Adults) > 0 && !slices.ContainsFunc(h.Adults, func(a Adult) bool { return a.Age != 16 && a.Age != 17 })
}

// Check refuses a household that cannot be true.
func (h Household) Check() error {
	if len(h.Adults) == 0 {
		return Invalid("adults", "Say who needs a place: at least 1 person of 16 or over")
	}
	if h.People() > MostPeople {
		return Invalid("adults", fmt.Sprintf("A household can be at most %d people; make a second request for the others", MostPeople))
	}
	for i, a := range h.Adults {
		if !a.As.known() {
			return Invalid(fmt.Sprintf("adults[%d].as", i), fmt.Sprintf("Adult %d: choose how she describes herself from the list, or leave it empty", i+1))
		}
		if a.Age != 0 && (a.Age < 16 || a.Age > 120) {
			return Invalid(fmt.Sprintf("adults[%d].age", i), fmt.Sprintf("Adult %d: the age must be 16 to 120, or left empty; add somebody younger as a child", i+1))
		}
		if a.Is != "" && (i == 0 || !Relations.Has(a.Is)) {
			return Invalid(fmt.Sprintf("adults[%d].is", i), fmt.Sprintf("Adult %d: choose from the list how she or he belongs to adult 1, or leave it empty; adult 1 has none", i+1))
		}
	}
	for i, c := range h.Children {
		if c.Age < 0 || c.Age > 17 {
			return Invalid(fmt.Sprintf("children[%d].age", i), fmt.Sprintf("Child %d: the age must be 0 to 17; add somebody of 18 or over as an adult", i+1))
		}
		if c.Sex != SexNotSaid && c.Sex != Girl && c.Sex != Boy {
			return Invalid(fmt.Sprintf("children[%d].sex", i), fmt.Sprintf("Child %d: choose girl or boy, or leave it empty", i+1))
		}
		if c.Born != "" {
			if _, err := time.Parse(time.DateOnly, c.Born); err != nil {
				return Invalid(fmt.Sprintf("children[%d].born", i), fmt.Sprintf("Child %d: the date of birth must look like 2015-03-27, or be left empty", i+1))
			}
		}
	}
	return h.checkExpected()
}

// CheckOn refuses, besides, a date of birth that cannot be true of the age said on a day.
func (h Household) CheckOn(said time.Time) error {
	if err := h.Check(); err != nil {
		return err
	}
	for i, c := range h.Children {
		if !c.BornAgrees(said) {
			return Invalid(fmt.Sprintf("children[%d].born", i), fmt.Sprintf("Child %d: the date of birth and the age cannot both be true of somebody under 18: ask again, or leave the date empty", i+1))
		}
	}
	return nil
}

// BornAgrees says whether the date of birth, if there is one, can be true of somebody under 18 whose age was said on a day: the two may differ by a
// birthday. In London the day may have begun an hour before.
func (c Child) BornAgrees(said time.Time) bool {
	if c.Born == "" {
		return true
	}
	born, err := time.Parse(time.DateOnly, c.Born)
	if err != nil {
		return false
	}
	agrees := func(day time.Time) bool {
		age := birthdays(born, day)
		return age >= 0 && age <= 17 && age-c.Age <= 1 && c.Age-age <= 1
	}
	return agrees(said.UTC()) || agrees(said.UTC().Add(time.Hour))
}

// AgeOn is a child's age in completed years on a day: the youngest and the oldest it can be. Without a date of birth the age said on `said` is
// certain for that date only: the child may turn a year older the day after, or not for a year. A zero `said` is being said on the day itself.
func (c Child) AgeOn(day, said time.Time) (youngest, oldest int) {
	if c.Born != "" {
		if born, err := time.Parse(time.DateOnly, c.Born); err == nil {
			age := birthdays(born, day)
			return age, age
		}
	}
	if said.IsZero() || birthdays(said, day) < 0 || sameDate(said, day) {
		return c.Age, c.Age
	}
	return c.Age + birthdays(said, day), c.Age + 1 + birthdays(said.AddDate(0, 0, 1), day)
}

// birthdays that somebody born on a date has had by a day. Dates are counted, not spans of 24 hours: an evening and the next morning are a day
// apart. Who was born on 29 February is a year older on 1 March of other years.
func birthdays(born, day time.Time) int {
	years := day.Year() - born.Year()
	if day.Month() < born.Month() || day.Month() == born.Month() && day.Day() < born.Day() {
		years--
	}
	return years
}

func sameDate(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}
