package web

var holdRoutes = []route{
	{"POST /requests/holds", helpline, holdPlace},
	{"POST /requests/{id}/holds", helpline, holdPlace},
	{"GET /holds", helpline, showHolds},
	{"POST /holds/{id}/extend", helpline, onHold("extend", extendHold)},
	{"POST /holds/{id}/release", helpline, onHold("release", releaseHold)},
	{"POST /holds/{id}/choice", helpline, onHold("choice", choose)},
	{"POST /holds/{id}/arrived", helpline, onHold("arrived", recordArrival)},
	{"POST /holds/{id}/did-not-arrive", helpline, onHold("did_not_arrive", didNotArrive)},
	{"GET /live", holders, watchHolds},
}
