package web

import (
	"strconv"

	"haven/schema"
)

// option is one choice of a select, a radio or a checkbox.
type option struct {
	Value, Label, Hint string
	Chosen             bool
}

// OfferOptions is what is looked for; nothing chosen means somewhere to go tonight.
func (f needForm) OfferOptions() []option {
	out := []option{
		{Value: string(schema.OfferTonight), Label: "Somewhere to go tonight"},
		{Value: string(schema.OfferStayHome), Label: "To stay in her own home, made safe"},
		{Value: string(schema.OfferSettle), Label: "A settled home, or a step on from a refuge"},
	}
	for i := range out {
		for _, o := range f.Offers {
			out[i].Chosen = out[i].Chosen || o == out[i].Value
		}
	}
	return out
}

// LanguageOptions, SleepsOptions, LevelOptions and SourceOptions are code lists with the one chosen.
func (f needForm) LanguageOptions() []option { return codeOptions(schema.Languages, f.Language) }

func (f needForm) SleepsOptions() []option { return codeOptions(schema.Sleeps, f.Sleeps) }

func (f needForm) SourceOptions() []option { return codeOptions(schema.RiskSources, f.Risk.Source) }

func (f needForm) LevelOptions() []option {
	return codeOptions(schema.Codes{{Code: "standard", Words: "Standard"}, {Code: "medium", Words: "Medium"}, {Code: "high", Words: "High"}}, f.Risk.Level)
}

// Access, Home and Urgent say whether the parts of the form that are folded away have something in them to see.
func (f needForm) Access() bool {
	return f.Language != "" || f.said(schema.SectionAccess, sectionSupport) || f.wrong("language")
}

func (f needForm) Home() bool { return f.said(schema.SectionHome) }

func (f needForm) Urgent() bool {
	return f.Sleeps != "" || f.Risk != (riskRow{}) || f.said(schema.SectionTonight) || f.wrong("tonight", "risk")
}

func codeOptions(codes schema.Codes, chosen string) []option {
	var out []option
	for _, c := range codes {
		out = append(out, option{Value: c.Code, Label: c.Words, Chosen: c.Code == chosen})
	}
	return out
}

func id(part string, row int, field string) string {
	return part + "-" + strconv.Itoa(row) + "-" + field
}
