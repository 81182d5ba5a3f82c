package web

var waitingRoutes = []route{
	{"GET /waiting", helpline, showWaiting},
	{"GET /waiting/live", helpline, watchWaiting},
	{"POST /requests/{id}/wait", helpline, keepLooking},
	{"POST /requests/{id}/stop-waiting", helpline, stopLooking},
}
