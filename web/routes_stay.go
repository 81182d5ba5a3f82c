package web

var stayRoutes = []route{
	{"GET /stays", housing, listStays},
	{"GET /stays/new", housing, newStay},
	{"POST /stays", housing, startStay},
	{"GET /stays/{id}", housing, showStay},
	{"POST /stays/{id}/end", housing, endStay},
}
