package web

var boardRoutes = []route{}
