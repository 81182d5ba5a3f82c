package web

import (
	"net/http"

	"haven/schema"
)

// networkPage is who and what is connected, for whoever runs this Haven. It holds no secret: keys and passwords are not read for it.
type networkPage struct {
	Frame
	Services []networkService
	Keys     []networkKey
	Accounts []networkAccount
}

type networkService struct {
	Provider, CodeName, Provision, Area string
	Spaces                              int
	Confirmed                           string
	Old                                 bool
}

type networkKey struct {
	Provider, Label, Made, State string
	Answered                     int64
}

type networkAccount struct{ Organisation, Name, Role, Email, State string }

func showNetwork(v *visit) error {
	n, err := v.web.read.Network(v.Context(), v.actor())
	if err != nil {
		return err
	}
	page := networkPage{Frame: v.frame("Network")}
	for _, s := range n.Services {
		row := networkService{Provider: s.Provider, CodeName: s.CodeName, Provision: provisionWords(s.Provision), Area: s.Area.Name, Spaces: s.Spaces, Confirmed: "Never", Old: true}
		if !s.LastConfirmed.IsZero() {
			row.Confirmed = when(s.LastConfirmed, v.now)
			row.Old = v.now.Sub(s.LastConfirmed) > schema.AgeingFor
		}
		page.Services = append(page.Services, row)
	}
	for _, k := range n.Keys {
		row := networkKey{k.Provider, k.Label, k.MadeAt.In(london).Format("2 January 2006"), "In use", k.LastSeq}
		switch {
		case k.Revoked:
			row.State = "Revoked"
		case k.LastSeq == 0:
			row.State = "Not used yet"
		}
		page.Keys = append(page.Keys, row)
	}
	for _, a := range n.Accounts {
		row := networkAccount{a.OrganisationName, a.Name, roleWords(a.Role), a.Email, "Can sign in"}
		if a.Disabled {
			row.State = "Switched off"
		}
		page.Accounts = append(page.Accounts, row)
	}
	return v.page(http.StatusOK, "network", page)
}

func roleWords(role schema.Role) string {
	for _, row := range schema.SignInRoles() {
		if row.Role == role {
			return row.Label
		}
	}
	return string(role)
}
