package schema

// Code is one row of a code list: permanent code, words people read.
type Code struct {
	Code  string
	Words string
	// By says whose "no" it is in the figures, where the list counts endings.
	By EndedBy
}

// EndedBy says who an ending is attributed to. The service or the place is always its subject, never the survivor's character.
type EndedBy string

const (
	ByNobody      EndedBy = ""
	ByService     EndedBy = "service"
	BySurvivor    EndedBy = "survivor"
	ByWrong       EndedBy = "wrong_referral"
	ByUnreachable EndedBy = "could_not_be_reached"
	ByHelpline    EndedBy = "helpline"
	ByTime        EndedBy = "time"
)

// EndedByWords are the words of the figures.
var EndedByWords = Codes{
	{Code: string(ByService), Words: "The service"},
	{Code: string(BySurvivor), Words: "The survivor's choice"},
	{Code: string(ByWrong), Words: "Not a referral for this service"},
	{Code: string(ByUnreachable), Words: "Could not be reached in the way they asked"},
	{Code: string(ByHelpline), Words: "The helpline"},
	{Code: string(ByTime), Words: "Time ran out without an answer"},
}

// Codes is a code list in the order people see it.
type Codes []Code

// Find gives the row of a code.
func (c Codes) Find(code string) (Code, bool) {
	for _, row := range c {
		if row.Code == code {
			return row, true
		}
	}
	return Code{}, false
}

// Words of a code, or the code itself where an old record names one that has gone.
func (c Codes) Words(code string) string {
	if row, ok := c.Find(code); ok {
		return row.Words
	}
	return code
}

// Has says whether the list has the code.
func (c Codes) Has(code string) bool { _, ok := c.Find(code); return ok }

// SleepsCode says where she would sleep tonight without a place.
type SleepsCode string

// Sleeps: urgency starts here, not from a risk level (S5).
var Sleeps = Codes{
	{Code: "with_abuser", Words: "In the same home as the person causing harm"},
	{Code: "nowhere", Words: "Nowhere"},
	{Code: "public_place", Words: "A public place, a car or a waiting room"},
	{Code: "friends", Words: "With friends or family"},
	{Code: "bed_and_breakfast", Words: "Bed and breakfast"},
	{Code: "safe_tonight", Words: "Somewhere safe tonight"},
}

// RiskSources: a level is kept with its source, never the answers behind it.
var RiskSources = Codes{
	{Code: "checklist", Words: "Risk checklist"},
	{Code: "judgement", Words: "Professional judgement"},
	{Code: "escalation", Words: "Escalation"},
	{Code: "repeat", Words: "Repeat incident"},
}

// OutOfUse: why a space cannot be used for now. The space still exists and is counted.
var OutOfUse = Codes{
	{Code: "repair", Words: "Repair"},
	{Code: "safety", Words: "Safety check"},
	{Code: "staffing", Words: "Not enough staff"},
	{Code: "other", Words: "Another reason"},
}

// CannotTake: why the service could not take a household. The service is the subject.
var CannotTake = Codes{
	{Code: "no_space_of_size", Words: "No space of this size", By: ByService},
	{Code: "access_need", Words: "Cannot meet the access need", By: ByService},
	{Code: "support_need", Words: "Cannot meet the support need today", By: ByService},
	{Code: "childrens_ages", Words: "Children's ages do not suit shared space", By: ByService},
	{Code: "area_not_safe", Words: "The area is not safe for this household", By: ByService},
	{Code: "no_staff", Words: "No staff on site in time", By: ByService},
	{Code: "funding_route", Words: "Funding route not available", By: ByService},
	{Code: "wrong_referral", Words: "Not a referral for this service", By: ByWrong},
	{Code: "could_not_reach", Words: "We could not reach them in the way they asked", By: ByUnreachable},
	{Code: "other", Words: "Another reason", By: ByService},
}

// DecidedNot: what was wrong with the place, in the survivor's view. She may say nothing.
var DecidedNot = Codes{
	{Code: "too_near", Words: "Too near", By: BySurvivor},
	{Code: "too_far", Words: "Too far", By: BySurvivor},
	{Code: "shared", Words: "Shared", By: BySurvivor},
	{Code: "school_or_contact", Words: "School or a contact order", By: BySurvivor},
	{Code: "cost", Words: "Not affordable", By: BySurvivor},
	{Code: "could_not_speak", Words: "Could not speak freely", By: BySurvivor},
	{Code: "not_asked", Words: "Not asked", By: BySurvivor},
	{Code: "other", Words: "Another reason", By: BySurvivor},
}

// UnmetReasons: why a request ended with no safe place. Prefilled from what ruled places out.
var UnmetReasons = Codes{
	{Code: "no_space_of_size", Words: "No space of this size", By: ByService},
	{Code: "no_space_free", Words: "No space free", By: ByService},
	{Code: "access_need", Words: "No space that meets the access need", By: ByService},
	{Code: "support_need", Words: "No space that meets the support need", By: ByService},
	{Code: "childrens_ages", Words: "No space for children of these ages", By: ByService},
	{Code: "area_not_safe", Words: "No space far enough from areas that are not safe", By: ByService},
	{Code: "whom_it_takes", Words: "No service that takes this household", By: ByService},
	{Code: "funding_route", Words: "No service with this funding route", By: ByService},
	{Code: "not_affordable", Words: "No space she could afford", By: ByService},
	{Code: "too_far", Words: "No space near enough to care, work or a contact order", By: ByService},
	{Code: "not_in_time", Words: "No space ready, or staffed, in time", By: ByService},
	{Code: "takes_from", Words: "No service that takes from where she is now", By: ByService},
	{Code: "language", Words: "No service that speaks her language", By: ByService},
	{Code: "animal", Words: "No space that takes the animal", By: ByService},
	{Code: "protocol", Words: "Outside the social landlords protocol", By: ByService},
	{Code: "home_not_safe", Words: "No home that works could make safe", By: ByService},
	{Code: "wish", Words: "No space with what she needs it to have", By: ByService},
	{Code: "tried", Words: "The places left were tried already", By: ByService},
	{Code: "not_confirmed", Words: "Spaces were not confirmed in time", By: ByService},
	{Code: "place_not_right", Words: "The places offered were not right for her", By: BySurvivor},
	{Code: "changed_plan", Words: "She made another plan", By: BySurvivor},
	{Code: "wrong_referral", Words: "A different kind of help was needed", By: ByWrong},
	{Code: "could_not_reach", Words: "Could not be reached in the way they asked", By: ByUnreachable},
}

// HoldEnds: how a hold can end other than by arrival.
var HoldEnds = Codes{
	{Code: "expired", Words: "No answer in time", By: ByTime},
	{Code: "released", Words: "Released by the helpline", By: ByHelpline},
	{Code: "cannot_take", Words: "The service could not take them", By: ByService},
	{Code: "decided_not", Words: "Decided not to take this space", By: BySurvivor},
	{Code: "other_agreed", Words: "Another place was agreed", By: ByHelpline},
	{Code: "place_gone", Words: "The service said the place is no longer free", By: ByService},
	{Code: "did_not_arrive", Words: "Did not arrive", By: ByUnreachable},
	{Code: "request_ended", Words: "The request was closed", By: ByHelpline},
}
