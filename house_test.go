package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// These tests hold the rules of the house. They read the tree in process: the cache of go test does not see what a subprocess reads.

// layer says which of Haven's packages a folder's production code may import, by prefix, and which libraries live nowhere else.
var layers = []struct {
	folder string
	may    []string
}{
	{"schema/private", nil},
	{"schema/gazetteer", []string{"haven/schema"}},
	// The ledger stands on the use cases whose ports it implements; those of messages are the notifier's.
	{"schema/ledger/pgserver", []string{"haven/schema/private"}},
	{"schema/ledger/ledgertest", []string{"haven/exchange", "haven/schema", "haven/schema/ledger", "haven/schema/ledger/pgserver"}},
	{"schema/ledger", []string{"haven/exchange", "haven/notifier", "haven/schema", "haven/schema/gazetteer"}},
	{"schema", nil},
	{"allocator/simulate", []string{"haven/schema", "haven/allocator", "haven/allocator/plan"}},
	{"allocator/plan", []string{"haven/schema", "haven/allocator"}},
	{"allocator", []string{"haven/schema"}},
	{"exchange/board/redisserver", []string{"haven/schema/private"}},
	{"exchange/board", []string{"haven/exchange", "haven/schema"}},
	{"exchange/feed", []string{"haven/exchange", "haven/schema"}},
	{"exchange", []string{"haven/allocator", "haven/allocator/plan", "haven/schema"}},
	{"notifier/twilio", []string{"haven/notifier"}},
	{"notifier/standin", nil},
	{"notifier/outboxtest", []string{"haven/notifier"}},
	{"notifier", []string{"haven/schema"}},
	{"web/live", []string{"haven/exchange", "haven/schema"}},
	{"web", []string{"haven/allocator", "haven/allocator/plan", "haven/exchange", "haven/schema", "haven/schema/gazetteer", "haven/web/live"}},
}

// homes: one library, one home.
var homes = map[string][]string{
	"github.com/jmoiron/sqlx":         {"schema/ledger"},
	"github.com/lib/pq":               {"schema/ledger", "schema/ledger/pgserver", "schema/ledger/ledgertest"},
	"github.com/redis/go-redis":       {"exchange/board"},
	"github.com/alicebob/miniredis":   {"exchange/board/redisserver"},
	"github.com/gorilla/websocket":    {"exchange/feed", "web/live"},
	"github.com/twilio/twilio-go":     {"notifier/twilio"},
	"github.com/nyaruka/phonenumbers": {"notifier"},
	"github.com/alexedwards/argon2id": {"exchange"},
}

// pure packages decide: no I/O, no clock, no log, no randomness.
var pure = []string{"schema", "allocator", "allocator/plan"}

var impure = []string{"os", "net", "net/http", "log", "log/slog", "io/ioutil", "os/exec", "math/rand", "math/rand/v2", "crypto/rand", "context", "database/sql", "syscall"}

// source is one Go file of the tree.
type source struct {
	path, folder string
	file         *ast.File
	lines        int
	test         bool
}

func tree(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && path != ".") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, body, parser.ParseComments)
		if err != nil {
			return err
		}
		all = append(all, source{path, filepath.ToSlash(filepath.Dir(path)), file, strings.Count(string(body), "\n"), strings.HasSuffix(path, "_test.go")})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("only %d files found: the tests do not see the tree", len(all))
	}
	return all
}

func imports(f *ast.File) []string {
	var out []string
	for _, spec := range f.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		out = append(out, path)
	}
	return out
}

func TestImportsPointInward(t *testing.T) {
	t.Parallel()
	for _, s := range tree(t) {
		if s.test || s.folder == "." {
			continue
		}
		i := slices.IndexFunc(layers, func(l struct {
			folder string
			may    []string
		}) bool {
			return s.folder == l.folder
		})
		if i < 0 {
			t.Errorf("%s: folder %s has no row in layers: say what it may import", s.path, s.folder)
			continue
		}
		for _, path := range imports(s.file) {
			if (path == "haven" || strings.HasPrefix(path, "haven/")) && !slices.Contains(layers[i].may, path) {
				t.Errorf("%s imports %s, which its layer may not", s.path, path)
			}
		}
	}
}

func TestOneLibraryOneHome(t *testing.T) {
	t.Parallel()
	for _, s := range tree(t) {
		if s.test {
			continue
		}
		for _, path := range imports(s.file) {
			for library, folders := range homes {
				if (path == library || strings.HasPrefix(path, library+"/")) && !slices.Contains(folders, s.folder) {
					t.Errorf("%s imports %s, whose home is %s", s.path, path, strings.Join(folders, ", "))
				}
			}
		}
	}
}

func TestTheCoreIsPure(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, s := range tree(t) {
		if s.test || !slices.Contains(pure, s.folder) {
			continue
		}
		seen++
		for _, path := range imports(s.file) {
			if slices.Contains(impure, path) {
				t.Errorf("%s imports %s: facts and a time go in, a decision comes out", s.path, path)
			}
			if strings.Contains(strings.SplitN(path, "/", 2)[0], ".") {
				t.Errorf("%s imports %s: the core uses the standard library only", s.path, path)
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && (sel.Sel.Name == "Now" || sel.Sel.Name == "Since" || sel.Sel.Name == "Until" || sel.Sel.Name == "LoadLocation") {
					t.Errorf("%s calls time.%s: a time is always an argument", s.path, sel.Sel.Name)
				}
			}
			return true
		})
	}
	if seen == 0 {
		t.Fatal("no file of the core was seen")
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	t.Parallel()
	said := map[string]bool{}
	for _, s := range tree(t) {
		if s.test {
			continue
		}
		said[s.folder] = said[s.folder] || s.file.Doc != nil && len(s.file.Doc.Text()) > 40
	}
	for folder, ok := range said {
		if !ok {
			t.Errorf("package in %s has no comment", folder)
		}
	}
}

func TestFilesStaySmall(t *testing.T) {
	t.Parallel()
	for _, s := range tree(t) {
		if s.lines > 500 {
			t.Errorf("%s has %d lines: a room to divide", s.path, s.lines)
		}
	}
}

func TestTestsNeitherSleepNorSkip(t *testing.T) {
	t.Parallel()
	for _, s := range tree(t) {
		if !s.test {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, _ := sel.X.(*ast.Ident)
			if x != nil && x.Name == "time" && sel.Sel.Name == "Sleep" || sel.Sel.Name == "Skip" || sel.Sel.Name == "Skipf" || sel.Sel.Name == "SkipNow" {
				t.Errorf("%s calls %s", s.path, sel.Sel.Name)
			}
			return true
		})
	}
}

// bannedWords may not stand in what people read: experience says what to write instead.
var bannedWords = regexp.MustCompile(`(?i)\b(claims?|clients?|victims?|refused|rejected|no-show|failed to (engage|attend)|intentionally homeless|invalid|beds?)\b`)

func TestPagesUseTheFieldsWords(t *testing.T) {
	t.Parallel()
	text := regexp.MustCompile(`(?s)\{\{.*?\}\}|<[^>]*>`)
	files, err := filepath.Glob("web/template/*.html")
	if err != nil || len(files) < 3 {
		t.Fatalf("templates: %v %v", files, err)
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		read := text.ReplaceAllString(string(body), " ")
		read = strings.NewReplacer("Bed and breakfast", "", "bed and breakfast", "", "bed space", "", "Bed space", "").Replace(read)
		if w := bannedWords.FindString(read); w != "" {
			t.Errorf("%s says %q to people", file, w)
		}
	}
}
