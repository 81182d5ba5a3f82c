package web

var boardRoutes = []route{
	{"GET /board", manager, showBoard},
	{"GET /board/openings", manager, showBoardOpenings},
	{"POST /board/confirm", manager, confirmBoard},
	{"POST /spaces/{id}/report", manager, reportSpace},
	{"GET /referrals", manager, listReferrals},
	{"GET /referrals/{id}", manager, showReferral},
	{"POST /referrals/{id}/answer", manager, answerReferral},
	{"POST /referrals/{id}/arrive", manager, arriveReferral},
}
