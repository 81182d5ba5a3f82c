// Package web is the pages and the JSON API for the four kinds of people who use Haven, and for whoever administers it.
//
// Every route is one row of routes.go and names its roles; a test walks role by route. A page is one file page_<noun>.go, its template one
// file of template/. Pages work without JavaScript: commands are forms that POST with a key that makes them safe to send twice, and redirect.
// Needs travel in bodies, never in a URL (S6). What a handler returns as an error is answered in one place, failure.go; nothing internal
// reaches a page.
package web
