package web

import (
	"net/http"
	"strconv"
	"strings"

	"haven/schema"
)

// boardOpeningsPage says to a provider what its own services could change, and for how many households that wait. It is a page of its own, for the
// board must come up at once.
type boardOpeningsPage struct {
	Frame
	Rows []boardOpening
	At   string
}

type boardOpening struct{ Words, Households, Services string }

// fewestTold is the least number of households that a service is told of: it knows its own neighbourhood, and must recognise nobody.
const fewestTold = 6

func showBoardOpenings(v *visit) error {
	openings, err := v.web.exchange.Openings(v.Context(), v.actor(), v.now)
	if err != nil {
		return err
	}
	services, err := v.web.read.Services(v.Context(), v.actor())
	if err != nil {
		return err
	}
	named := map[schema.ServiceID]string{}
	for _, s := range services {
		named[s.ID] = s.CodeName
	}
	p := boardOpeningsPage{Frame: v.frame("What would open places"), At: clock(v.now)}
	for _, o := range openings.Rows {
		p.Rows = append(p.Rows, boardOpening{o.Words, toldHouseholds(o.Households), strings.Join(each(o.Services, func(id schema.ServiceID) string { return named[id] }), ", ")})
	}
	return v.page(http.StatusOK, "board_openings", p)
}

func toldHouseholds(n int) string {
	if n < fewestTold {
		return "fewer than " + strconv.Itoa(fewestTold) + " households"
	}
	return strconv.Itoa(n) + " households"
}
