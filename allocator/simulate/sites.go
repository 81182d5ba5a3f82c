package simulate

import "haven/schema"

// site is where a service is, as far as it publishes, and the council it does not take from if it has such an area.
type site struct {
	kind    schema.ProvisionCode
	area    string // what is published: an outward code, a council or a region
	council string // the council around it
}

type organisation struct {
	name  string
	sites []site
}

// organisations of the network: the West Midlands in depth, and every other region and nation, since a refuge is found far from where somebody flees.
func organisations() []organisation {
	const (
		refuge, specialist, dispersed = schema.Refuge, schema.Specialist, schema.Dispersed
		second, emergency             = schema.SecondStage, schema.OtherEmergency
		sanctuary, tenancy            = schema.Sanctuary, schema.SocialTenancy
	)
	return []organisation{
		{"Lanternfold", []site{{refuge, "B29", "Birmingham"}, {refuge, "B44", "Birmingham"}, {refuge, "B90", "Solihull"}, {dispersed, "Birmingham", "Birmingham"}, {second, "B28", "Birmingham"}}},
		{"Wychbrook Support", []site{{refuge, "B69", "Sandwell"}, {refuge, "DY4", "Sandwell"}, {refuge, "WS10", "Sandwell"}, {emergency, "Sandwell", "Sandwell"}}},
		{"Ninefields Trust", []site{{refuge, "CV3", "Coventry"}, {refuge, "CV11", "Nuneaton and Bedworth"}, {dispersed, "Coventry", "Coventry"}}},
		{"Fosseway Hearth", []site{{refuge, "CV21", "Rugby"}, {refuge, "CV32", "Warwick"}}},
		{"Bramblegate", []site{{refuge, "WV3", "Wolverhampton"}, {refuge, "WV14", "Wolverhampton"}}},
		{"Limewalk House", []site{{refuge, "WS2", "Walsall"}, {dispersed, "Walsall", "Walsall"}}},
		{"Nailmakers Trust", []site{{refuge, "DY8", "Dudley"}, {refuge, "DY10", "Wyre Forest"}}},
		{"Marchfold", []site{{refuge, "Shropshire", "Shropshire"}, {refuge, "West Midlands", "Worcester"}}},
		{"Indigo Thread", []site{{specialist, "Birmingham", "Birmingham"}, {specialist, "London", "Newham"}}},
		{"Many Waters", []site{{specialist, "West Midlands", "Birmingham"}, {specialist, "Manchester", "Manchester"}}},
		{"First Lamp", []site{{specialist, "Leeds", "Leeds"}}},
		{"Trentholm", []site{{refuge, "Nottingham", "Nottingham"}, {refuge, "Leicester", "Leicester"}, {refuge, "Lincolnshire", "Lincolnshire"}, {emergency, "Nottingham", "Nottingham"}}},
		{"Fenhallow", []site{{refuge, "Norfolk", "Norfolk"}, {refuge, "Cambridgeshire", "Cambridgeshire"}, {refuge, "Luton", "Luton"}}},
		{"Coppergate Lane", []site{{refuge, "Croydon", "Croydon"}, {refuge, "Ealing", "Ealing"}, {refuge, "London", "Newham"}}},
		{"Tidesreach", []site{{refuge, "Newcastle upon Tyne", "Newcastle upon Tyne"}, {refuge, "Middlesbrough", "Middlesbrough"}, {dispersed, "Newcastle upon Tyne", "Newcastle upon Tyne"}}},
		{"Mosslight", []site{{refuge, "Manchester", "Manchester"}, {refuge, "Liverpool", "Liverpool"}, {refuge, "Lancashire", "Lancashire"}}},
		{"Chalkdown Support", []site{{refuge, "Kent", "Kent"}, {refuge, "Southampton", "Southampton"}, {refuge, "Brighton and Hove", "Brighton and Hove"}}},
		{"Quayhollow", []site{{refuge, "Bristol", "Bristol"}, {refuge, "Plymouth", "Plymouth"}, {refuge, "Swindon", "Swindon"}, {dispersed, "Bristol", "Bristol"}}},
		{"Moorgarth", []site{{refuge, "Leeds", "Leeds"}, {refuge, "Sheffield", "Sheffield"}, {refuge, "York", "York"}, {refuge, "Yorkshire and the Humber", "Kingston upon Hull"}, {dispersed, "Sheffield", "Sheffield"}, {second, "Leeds", "Leeds"}}},
		{"Glenarrow", []site{{refuge, "Glasgow", "Glasgow"}, {refuge, "Edinburgh", "Edinburgh"}}},
		{"Llanfern", []site{{refuge, "Cardiff", "Cardiff"}, {refuge, "Wrexham", "Wrexham"}, {second, "Cardiff", "Cardiff"}}},
		{"Drumharrow", []site{{refuge, "Belfast", "Belfast"}, {refuge, "Derry City and Strabane", "Derry City and Strabane"}}},
		{"Latchwork", []site{{sanctuary, "Birmingham", "Birmingham"}, {sanctuary, "Solihull", "Solihull"}}},
		{"Keystead", []site{{sanctuary, "Sandwell", "Sandwell"}, {sanctuary, "Leeds", "Leeds"}}},
		{"Threehills Homes", []site{{tenancy, "Birmingham", "Birmingham"}}},
		{"Millrace Homes", []site{{tenancy, "Wolverhampton", "Wolverhampton"}}},
		{"Spireside Homes", []site{{tenancy, "Coventry", "Coventry"}}},
		{"Irwell Rise Homes", []site{{tenancy, "Manchester", "Manchester"}}},
		{"Midfold Homes", []site{{tenancy, "West Midlands", "Birmingham"}}},
	}
}

// codeNames are trees, birds and stones. None says where a service is or whom it takes.
func codeNames() []string {
	return []string{
		"Alder", "Aspen", "Beech", "Birch", "Blackthorn", "Bullace", "Cedar", "Chestnut", "Cypress", "Elder", "Elm", "Fir", "Hawthorn", "Hazel",
		"Holly", "Hornbeam", "Juniper", "Larch", "Linden", "Maple", "Medlar", "Mulberry", "Oak", "Pine", "Poplar", "Quince", "Rowan", "Spindle", "Spruce",
		"Sycamore", "Tamarisk", "Walnut", "Willow", "Yew",
		"Avocet", "Bunting", "Curlew", "Dipper", "Dunnock", "Eider", "Fieldfare", "Goldcrest", "Greenfinch", "Heron", "Kestrel", "Kingfisher", "Lapwing",
		"Linnet", "Martin", "Nightjar", "Nuthatch", "Osprey", "Petrel", "Pipit", "Plover", "Redstart", "Sandpiper", "Siskin", "Skylark", "Swift", "Teal",
		"Tern", "Thrush", "Wagtail", "Warbler", "Wren",
		"Agate", "Amber", "Basalt", "Beryl", "Flint", "Garnet", "Granite", "Jasper", "Marble", "Onyx", "Opal", "Quartz", "Slate", "Topaz",
	}
}
