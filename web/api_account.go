package web

import (
	"net/http"

	"haven/schema"
)

// apiAccount is who the bearer token speaks for.
type apiAccount struct {
	ID           schema.AccountID    `json:"id"`
	Name         string              `json:"name"`
	Role         schema.Role         `json:"role"`
	Organisation schema.Organisation `json:"organisation"`
}

func apiMe(v *visit) error {
	a := v.account
	return v.answerJSON(http.StatusOK, apiAccount{
		ID: a.ID, Name: a.Name, Role: a.Role,
		Organisation: schema.Organisation{ID: a.Organisation, Kind: a.OrganisationKind, Name: a.OrganisationName},
	})
}
