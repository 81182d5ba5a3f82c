package web

var figureRoutes = []route{}
