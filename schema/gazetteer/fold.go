package gazetteer

import "strings"

// fold is the one spelling under which names are compared: lower case without accents, apostrophes, full stops or double spaces, with
// "saint" and "&" written short and long. What is left must not decide whether somebody's town is found.
func fold(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case strings.ContainsRune("'’‘ʼ`´.", r):
		case r == '&':
			b.WriteString(" and ")
		default:
			if plain := unaccented(r); plain != 0 {
				b.WriteRune(plain)
			} else {
				b.WriteByte(' ')
			}
		}
	}
	words := strings.Fields(b.String())
	for i, w := range words {
		if w == "saint" {
			words[i] = "st"
		}
	}
	return strings.Join(words, " ")
}

// unaccented covers the letters of Welsh, Gaelic and Irish names.
func unaccented(r rune) rune {
	switch r {
	case 'à', 'á', 'â', 'ä':
		return 'a'
	case 'è', 'é', 'ê', 'ë':
		return 'e'
	case 'ì', 'í', 'î', 'ï':
		return 'i'
	case 'ò', 'ó', 'ô', 'ö':
		return 'o'
	case 'ù', 'ú', 'û', 'ü':
		return 'u'
	case 'ŵ', 'ẁ', 'ẃ', 'ẅ':
		return 'w'
	case 'ŷ', 'ỳ', 'ý', 'ÿ':
		return 'y'
	}
	return 0
}

// plainName takes the ceremony off a folded name: "royal borough of greenwich", "staffordshire county council".
func plainName(folded string) string {
	name := strings.TrimPrefix(folded, "the ")
	for _, before := range []string{"royal borough of ", "london borough of ", "metropolitan borough of ", "city and borough of ", "city and county of ",
		"borough of ", "district of ", "city of ", "county of ", "county "} {
		if rest, ok := strings.CutPrefix(name, before); ok {
			name = rest
			break
		}
	}
	name = strings.TrimSuffix(name, " council")
	for _, after := range []string{" metropolitan borough", " county borough", " borough", " district", " county", " city", " region"} {
		if rest, ok := strings.CutSuffix(name, after); ok {
			name = rest
			break
		}
	}
	if name == "" {
		return folded
	}
	return name
}

// shortName is what people call a place whose full name tells it from its namesakes: "stoke" for "stoke on trent".
func shortName(folded string) string {
	words := strings.Fields(folded)
	for i, w := range words {
		if i == 0 {
			continue
		}
		switch w {
		case "upon", "on", "under", "in", "by", "le", "next", "sub":
			return strings.Join(words[:i], " ")
		}
	}
	return folded
}
