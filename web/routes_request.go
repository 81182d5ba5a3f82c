package web

var requestRoutes = []route{
	{"GET /requests", helpline, showRequests},
	{"GET /requests/new", helpline, newRequest},
	{"POST /requests", helpline, openRequest},
	{"GET /requests/{id}", helpline, showRequest},
	{"POST /requests/{id}", helpline, changeRequest},
	{"POST /requests/{id}/again", helpline, openAgain},
	{"POST /find", helpline, findPlaces},
	{"GET /requests/{id}/unmet", helpline, showUnmet},
	{"POST /requests/{id}/unmet", helpline, recordUnmet},
	{"GET /requests/new/live", helpline, watchList},
	{"GET /requests/{id}/live", helpline, watchList},
}
