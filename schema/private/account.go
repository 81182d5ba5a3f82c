package private

import (
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// Account is whom a child runs as. The zero value is the account of this process.
type Account struct {
	uid, gid int
	drop     bool // root gave up its rights for uid and gid
}

// Unprivileged returns the account of this process, or where that is root the first of the named accounts the machine has, or nobody.
func Unprivileged(names ...string) (Account, error) {
	if os.Geteuid() != 0 {
		return Account{}, nil
	}
	for _, name := range append(names, "nobody") {
		found, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, errUID := strconv.Atoi(found.Uid)
		gid, errGID := strconv.Atoi(found.Gid)
		if errUID == nil && errGID == nil && uid != 0 {
			return Account{uid: uid, gid: gid, drop: true}, nil
		}
	}
	return Account{}, fmt.Errorf("running as root needs an unprivileged account for the servers: none of %v or nobody exists", names)
}

// OwnerOf returns the account that must run a server whose data is at path: the data's owner. So root can go on with what a person's own
// account began, and the other way round is an error that says so rather than a server's complaint about ownership.
func (a Account) OwnerOf(path string) (Account, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Account{}, err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok || int(owner.Uid) == a.id() {
		return a, nil
	}
	if a.drop && owner.Uid != 0 {
		return Account{uid: int(owner.Uid), gid: int(owner.Gid), drop: true}, nil
	}
	return Account{}, fmt.Errorf("%s belongs to another account (uid %d): start as that account, or remove the directory to begin again", path, owner.Uid)
}

// Own gives path to the account.
func (a Account) Own(path string) error {
	if !a.drop {
		return nil
	}
	return os.Lchown(path, a.uid, a.gid)
}

func (a Account) id() int {
	if a.drop {
		return a.uid
	}
	return os.Geteuid()
}

// Reaches reports whether the account can pass through every directory above path. It reads permission bits only, so that a wrong answer
// is possible only where access lists are in use, and there the server itself says what it could not open.
func (a Account) Reaches(path string) bool {
	if !a.drop {
		return true
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if err != nil || !a.passes(info) {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
	}
}

func (a Account) passes(info fs.FileInfo) bool {
	bit := fs.FileMode(0o001)
	if owner, ok := info.Sys().(*syscall.Stat_t); ok {
		switch {
		case int(owner.Uid) == a.uid:
			bit = 0o100
		case int(owner.Gid) == a.gid:
			bit = 0o010
		}
	}
	return info.Mode().Perm()&bit != 0
}
