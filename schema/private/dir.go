package private

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

const (
	dirPrefix = "hv-"
	dirLock   = "lock"

	// longestBase leaves room, within the 103 bytes that every system allows a socket's path, for "/hv-", ten digits and the longest
	// socket name in use, ".s.PGSQL.65535".
	longestBase = 103 - len("/hv-0123456789/.s.PGSQL.65535")
)

// Dir is a directory for a server's sockets and passing data: short enough for a socket's path, owned by the server's account, closed to
// others. This process holds a lock in it for as long as it lives, so that one left behind by a process that was killed is known as such
// and swept away by the next NewDir.
type Dir struct {
	path string
	lock *os.File
}

// NewDir makes a directory for the account's server.
func NewDir(account Account) (*Dir, error) {
	base := os.TempDir()
	if len(base) > longestBase || !account.Reaches(filepath.Join(base, dirPrefix)) {
		base = "/tmp"
	}
	sweep(base)
	path, err := os.MkdirTemp(base, dirPrefix)
	if err != nil {
		return nil, err
	}
	d := &Dir{path: path}
	if err := errors.Join(d.hold(), account.Own(path)); err != nil {
		return nil, errors.Join(err, d.Remove())
	}
	return d, nil
}

// Path is absolute.
func (d *Dir) Path() string { return d.path }

// Remove deletes the directory with all that is in it.
func (d *Dir) Remove() error {
	err := os.RemoveAll(d.path)
	if d.lock != nil {
		err = errors.Join(err, d.lock.Close())
		d.lock = nil
	}
	return err
}

// hold takes the lock under another name and then renames it, so that a sweeper never sees a lock file that nobody holds yet.
func (d *Dir) hold() error {
	made := filepath.Join(d.path, dirLock+".new")
	lock, err := os.OpenFile(made, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	d.lock = lock
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return fmt.Errorf("lock %s: %w", made, err)
	}
	return os.Rename(made, filepath.Join(d.path, dirLock))
}

// sweep removes the directories whose maker is dead, and first what still runs in them: a paused server does not hear of its parent's
// death. It does what it can and reports nothing, since what it leaves is only untidy.
func sweep(base string) {
	found, err := filepath.Glob(filepath.Join(base, dirPrefix+"*", dirLock))
	if err != nil {
		return
	}
	for _, path := range found {
		if abandoned(path) {
			dir := filepath.Dir(path)
			if holders, err := Holders(dir); err == nil {
				for _, pid := range holders {
					_ = syscall.Kill(pid, syscall.SIGKILL)
				}
				_ = await(holders, func(state byte) bool { return state == gone })
			}
			_ = os.RemoveAll(dir)
		}
	}
}

// abandoned reports whether a lock file's maker has let it go. The directory is one that anybody may have put there, so nothing is
// followed, and nothing that could block is opened.
func abandoned(lock string) bool {
	if info, err := os.Lstat(filepath.Dir(lock)); err != nil || info.Mode().Type() != fs.ModeDir {
		return false
	}
	f, err := os.OpenFile(lock, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}
