package web

// apiRoutes is the JSON API. Each row has its operation in api/openapi.yaml; a test holds the two together.
var apiRoutes = []route{
	{"GET /api/v1/openapi.yaml", public, apiDocument},
	{"GET /api/v1/me", everyone, apiMe},

	{"POST /api/v1/search", helpline, apiSearch},
	{"GET /api/v1/councils", helpline, apiCouncils},
	{"GET /api/v1/requests", helpline, apiRequests},
	{"POST /api/v1/requests", helpline, once(apiOpenRequest)},
	{"GET /api/v1/requests/{id}", helpline, apiRequest},
	{"PUT /api/v1/requests/{id}", helpline, once(apiChangeRequest)},
	{"POST /api/v1/requests/{id}/holds", helpline, once(apiMakeHold)},
	{"POST /api/v1/requests/{id}/unmet", helpline, once(apiUnmet)},
	{"POST /api/v1/requests/{id}/again", helpline, once(apiOpenAgain)},
	{"POST /api/v1/requests/{id}/wait", helpline, once(apiWait)},
	{"POST /api/v1/requests/{id}/stop-waiting", helpline, once(apiStopWaiting)},

	{"GET /api/v1/waiting", helpline, apiWaiting},
	{"GET /api/v1/plan", helpline, apiMakePlan},

	{"GET /api/v1/holds", holders, apiHolds},
	{"GET /api/v1/holds/{id}", holders, apiHold},
	{"POST /api/v1/holds/{id}/extend", helpline, once(apiExtend)},
	{"POST /api/v1/holds/{id}/release", helpline, once(apiRelease)},
	{"POST /api/v1/holds/{id}/survivor-answer", helpline, once(apiChoose)},
	{"POST /api/v1/holds/{id}/answer", manager, once(apiAnswer)},
	{"POST /api/v1/holds/{id}/arrival", holders, once(apiArrive)},
	{"POST /api/v1/holds/{id}/non-arrival", helpline, once(apiDidNotArrive)},

	{"GET /api/v1/spaces", manager, apiSpaces},
	{"POST /api/v1/spaces/{id}/reports", manager, once(apiReport)},
	{"GET /api/v1/services", manager, apiServices},
	{"POST /api/v1/services/{id}/confirmations", manager, once(apiConfirm)},

	{"GET /api/v1/stays", housing, apiStays},
	{"POST /api/v1/stays", housing, once(apiStartStay)},
	{"POST /api/v1/stays/{id}/end", housing, once(apiEndStay)},

	{"GET /api/v1/figures", figures, apiFigures},
	{"GET /api/v1/figures/unmet", figures, apiUnmetFigures},
}
