package standin

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
)

//go:embed page.html
var pageHTML string

var pageTemplate = template.Must(template.New("page").Parse(pageHTML))

func (s *Server) page(w http.ResponseWriter, _ *http.Request) {
	var b bytes.Buffer
	texts := s.Texts()
	for i := range texts {
		texts[i].TakenAt = texts[i].TakenAt.In(s.london)
	}
	if err := pageTemplate.Execute(&b, texts); err != nil {
		http.Error(w, "The page cannot be written.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = b.WriteTo(w)
}

// messages gives the same as JSON, for scripts and browser tests.
func (s *Server) messages(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	texts := s.Texts()
	if texts == nil {
		texts = []Text{}
	}
	writeJSON(w, http.StatusOK, texts)
}
