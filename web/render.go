package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"strings"

	"haven/schema"
)

//go:embed template
var templates embed.FS

// pages holds every page's template, each parsed with the layout and the parts at start.
type pages struct{ each map[string]*template.Template }

// loadPages parses template/layout.html and template/part_*.html into each other file of template/.
func loadPages(a *assets) (*pages, error) {
	base, err := template.New("layout").Funcs(words(a)).ParseFS(templates, "template/layout.html", "template/part_*.html")
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	files, err := fs.Glob(templates, "template/*.html")
	if err != nil {
		return nil, err
	}
	p := &pages{each: map[string]*template.Template{}}
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "template/"), ".html")
		if name == "layout" || strings.HasPrefix(name, "part_") {
			continue
		}
		t, err := template.Must(base.Clone()).ParseFS(templates, file)
		if err != nil {
			return nil, fmt.Errorf("web: %w", err)
		}
		p.each[name] = t
	}
	return p, nil
}

// Frame is what every page needs around its content. Title never carries needs, names or the names of services.
type Frame struct {
	Title   string
	Account *accountWords // nil when nobody is signed in
	Nav     []navItem
	// Live state of the list, for the header; empty where a page has no live list.
	Live string
	// Watch is where this page hears that something on it changed; empty where it is asked for again by hand.
	Watch string
	// Wide: the helpline's console may use more of the screen.
	Wide bool
	// Once makes the page's forms safe to send twice.
	Once  string
	Error *schema.Refusal
	// Problems is everything wrong on a form, each with the id of its field, where more than one thing can be.
	Problems []Problem
}

type accountWords struct{ Name, Organisation string }

type navItem struct {
	Label, Href string
	Current     bool
}

// frame around a page for whoever visits.
func (v *visit) frame(title string) Frame {
	f := Frame{Title: title, Once: newOnce()}
	if v.account.ID != "" {
		f.Account = &accountWords{v.account.Name, v.account.OrganisationName}
		f.Nav = navFor(v.account.Role, v.URL.Path)
		if v.URL.Path == "/board" || v.URL.Path == "/referrals" {
			f.Watch = "/live"
		}
	}
	return f
}

// page renders a whole page. It is rendered to memory first: half a page is never sent.
// Our own script may ask for the content alone, to put it in place of what it has.
func (v *visit) page(status int, name string, data any) error {
	if v.Header("Haven-Part") == "content" {
		return v.render(status, name, "content", data)
	}
	return v.render(status, name, "layout", data)
}

// part renders one named block of a page, for our own script.
func (v *visit) part(status int, name, block string, data any) error {
	return v.render(status, name, block, data)
}

func (v *visit) render(status int, name, block string, data any) error {
	t, ok := v.web.pages.each[name]
	if !ok {
		return fmt.Errorf("web: no page %q", name)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, block, data); err != nil {
		return fmt.Errorf("web: page %s: %w", name, err)
	}
	v.ResponseWriter.Header().Set("Content-Type", "text/html; charset=utf-8")
	// Our own script takes an answer for a part only where it says so: a whole page, such as the one to sign in on, is never put into a page.
	if block != "layout" {
		v.ResponseWriter.Header().Set("Haven-Part", v.Header("Haven-Part"))
	}
	v.WriteHeader(status)
	_, err := b.WriteTo(v.ResponseWriter)
	return err
}
