package web

var networkRoutes = []route{{"GET /network", administrator, showNetwork}}
