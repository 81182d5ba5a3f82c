package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

// static holds what `make assets` builds. The committed placeholder lets a build without assets compile; it says so at start.
//
//go:embed all:static
var static embed.FS

// assets serves files under names that carry a hash of their content, so that a browser may keep them for ever.
type assets struct {
	urls  map[string]string // "haven.css" → "/assets/haven.1a2b3c4d.css"
	files map[string][]byte // by url
}

func loadAssets() (*assets, error) {
	a := &assets{urls: map[string]string{}, files: map[string][]byte{}}
	err := fs.WalkDir(static, "static/dist", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		body, err := static.ReadFile(name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		short := strings.TrimPrefix(name, "static/dist/")
		ext := path.Ext(short)
		url := fmt.Sprintf("/assets/%s.%s%s", strings.TrimSuffix(short, ext), hex.EncodeToString(sum[:4]), ext)
		a.urls[short], a.files[url] = url, body
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("web: assets: %w", err)
	}
	return a, nil
}

func (a *assets) built() bool { return a.urls["haven.css"] != "" }

// url of an asset by its plain name; the name itself where the build has none, which answers 404.
func (a *assets) url(name string) string {
	if u, ok := a.urls[name]; ok {
		return u
	}
	return "/assets/" + name
}

func (a *assets) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	body, ok := a.files[r.URL.Path]
	if !ok {
		http.NotFound(rw, r)
		return
	}
	rw.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(r.URL.Path)))
	rw.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	rw.Write(body)
}
