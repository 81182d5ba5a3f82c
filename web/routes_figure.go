package web

var figureRoutes = []route{
	{"GET /figures", figures, showFigures},
	{"GET /figures.csv", figures, exportFigures},
}
