package web

import (
	"strings"

	"haven/schema"
)

// navigation is the service navigation of each role: three to five links, the first is where signing in leads.
var navigation = map[schema.Role][]navItem{
	schema.RoleHelpline:      {{Label: "Find a place", Href: "/requests/new"}, {Label: "Open requests", Href: "/requests"}, {Label: "Waiting list", Href: "/waiting"}, {Label: "My holds", Href: "/holds"}},
	schema.RoleHousing:       {{Label: "Bed and breakfast", Href: "/stays"}, {Label: "Find a place", Href: "/requests/new"}, {Label: "Open requests", Href: "/requests"}, {Label: "Waiting list", Href: "/waiting"}, {Label: "My holds", Href: "/holds"}},
	schema.RoleManager:       {{Label: "Spaces", Href: "/board"}, {Label: "Requests", Href: "/referrals"}},
	schema.RoleCommissioner:  {{Label: "Figures", Href: "/figures"}, {Label: "Unmet need", Href: "/figures/unmet"}},
	schema.RoleAdministrator: {{Label: "Network", Href: "/network"}, {Label: "Figures", Href: "/figures"}, {Label: "Unmet need", Href: "/figures/unmet"}},
}

func navFor(role schema.Role, path string) []navItem {
	items := append([]navItem(nil), navigation[role]...)
	best := -1
	for i, item := range items {
		if path == item.Href || strings.HasPrefix(path, item.Href+"/") {
			if best < 0 || len(item.Href) > len(items[best].Href) {
				best = i
			}
		}
	}
	if best >= 0 {
		items[best].Current = true
	}
	return items
}

// home of a role.
func home(role schema.Role) string {
	if items := navigation[role]; len(items) > 0 {
		return items[0].Href
	}
	return "/sign-in"
}
