package web

// table is every route: what it is, who may, what answers. A page that is not here does not exist; a test walks role by route.
func table() []route {
	var all []route
	for _, part := range [][]route{signInRoutes, requestRoutes, waitingRoutes, holdRoutes, boardRoutes, stayRoutes, figureRoutes, networkRoutes, apiRoutes} {
		all = append(all, part...)
	}
	return all
}

var signInRoutes = []route{
	{"GET /{$}", everyone, goHome},
	{"GET /sign-in", public, showSignIn},
	{"POST /sign-in", public, signIn},
	{"POST /sign-out", public, signOut},
}
