package schema

// SupportNeeds: support that somebody needs where she lives. What is kept is the support, never a diagnosis or a judgement of her.
var SupportNeeds = Codes{
	{Code: "mental_health", Words: "Mental health support"},
	{Code: "alcohol", Words: "Support with alcohol"},
	{Code: "drugs", Words: "Support with drugs"},
	{Code: "medication", Words: "Support with medication"},
	{Code: "learning_disability", Words: "Support with a learning disability"},
	{Code: "personal_care", Words: "Personal care"},
}

// Groups that services are run by and for. A service says it of itself; a household is only ever asked what she would choose, never sorted into one.
var Groups = Codes{
	{Code: "black_minoritised", Words: "Black and minoritised women"},
	{Code: "south_asian", Words: "South Asian women"},
	{Code: "lgbt", Words: "LGBT+ people"},
	{Code: "deaf", Words: "Deaf people"},
	{Code: "disabled", Words: "Disabled women"},
	{Code: "young_women", Words: "Young women"},
	{Code: "older_women", Words: "Older women"},
	{Code: "men", Words: "Men"},
}

// OtherLanguage is one that the list does not name. Two who say it need not mean the same, so nobody is known to speak it.
const OtherLanguage = "other"

// Languages in which somebody may want to be spoken to.
var Languages = Codes{
	{Code: "english", Words: "English"},
	{Code: "bsl", Words: "British Sign Language"},
	{Code: "albanian", Words: "Albanian"},
	{Code: "amharic", Words: "Amharic"},
	{Code: "arabic", Words: "Arabic"},
	{Code: "bengali", Words: "Bengali and Sylheti"},
	{Code: "cantonese", Words: "Cantonese"},
	{Code: "dari", Words: "Dari"},
	{Code: "farsi", Words: "Farsi"},
	{Code: "french", Words: "French"},
	{Code: "gujarati", Words: "Gujarati"},
	{Code: "hindi", Words: "Hindi"},
	{Code: "kurdish", Words: "Kurdish"},
	{Code: "mandarin", Words: "Mandarin"},
	{Code: "pashto", Words: "Pashto"},
	{Code: "polish", Words: "Polish"},
	{Code: "portuguese", Words: "Portuguese"},
	{Code: "punjabi", Words: "Punjabi"},
	{Code: "romanian", Words: "Romanian"},
	{Code: "somali", Words: "Somali"},
	{Code: "spanish", Words: "Spanish"},
	{Code: "tamil", Words: "Tamil"},
	{Code: "tigrinya", Words: "Tigrinya"},
	{Code: "turkish", Words: "Turkish"},
	{Code: "ukrainian", Words: "Ukrainian"},
	{Code: "urdu", Words: "Urdu"},
	{Code: "vietnamese", Words: "Vietnamese"},
	{Code: "welsh", Words: "Welsh"},
	{Code: OtherLanguage, Words: "Another language"},
}
