package web

var networkRoutes = []route{}
