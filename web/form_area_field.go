package web

import (
	"strconv"

	"haven/schema"
)

type avoidField struct {
	Row                                   int
	Area, Margin, Person                  string
	Because                               []option
	AreaError, MarginMistake, PersonError string
	BecauseError                          string
}

// AvoidFields are the areas that were recorded; more are added in one box.
func (f needForm) AvoidFields() []avoidField {
	var out []avoidField
	for i, row := range f.Avoid {
		field := "avoid-" + strconv.Itoa(i)
		out = append(out, avoidField{
			i, row.Area, row.Margin, row.Person, codeOptions(schema.AvoidBecause, row.Because),
			f.Problem(field), f.Problem(field + "-margin"), f.Problem(field + "-person"), f.Problem(field + "-because"),
		})
	}
	return out
}

type routeField struct {
	Row                             int
	From, To, Margin                string
	FromError, ToError, MarginError string
}

// RouteFields and NearFields always have one spare row.
func (f needForm) RouteFields() []routeField {
	var out []routeField
	for i, row := range append(append([]routeRow(nil), f.Routes...), routeRow{}) {
		field := "routes-" + strconv.Itoa(i)
		out = append(out, routeField{i, row.From, row.To, row.Margin, f.Problem(field + "-from"), f.Problem(field + "-to"), f.Problem(field + "-margin")})
	}
	return out
}

type nearField struct {
	Row                                  int
	Area, Within                         string
	Because                              []option
	AreaError, WithinError, BecauseError string
}

func (f needForm) NearFields() []nearField {
	var out []nearField
	for i, row := range append(append([]nearRow(nil), f.Near...), nearRow{}) {
		field := "near-" + strconv.Itoa(i)
		out = append(out, nearField{
			i, row.Area, row.Within, codeOptions(schema.NearBecause, row.Because),
			f.Problem(field + "-area"), f.Problem(field + "-within_miles"), f.Problem(field + "-because"),
		})
	}
	return out
}

// MoreWhere says whether the rarer facts about areas have something to see.
func (f needForm) MoreWhere() bool {
	for _, row := range f.Avoid {
		if row.Because+row.Person != "" {
			return true
		}
	}
	return len(f.Routes)+len(f.Near) > 0 || f.Harm != "" || f.wrong("routes", "near", "harm")
}
