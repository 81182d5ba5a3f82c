package web

var apiRoutes = []route{}
