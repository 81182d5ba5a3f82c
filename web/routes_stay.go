package web

var stayRoutes = []route{}
