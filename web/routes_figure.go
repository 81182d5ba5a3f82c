package web

var figureRoutes = []route{
	{"GET /figures", figures, showFigures},
	{"GET /figures.csv", figures, exportFigures},
	{"GET /figures/unmet", figures, showUnmetFigures},
	{"GET /figures/unmet.csv", figures, exportUnmetFigures},
}
