package web

var requestRoutes = []route{}
