package private

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// overridePaths is CAP_DAC_OVERRIDE: a server that root starts from a checkout under a private home could otherwise reach neither its
// programs nor its data once it has given up root. It is granted there only.
const overridePaths = 1

func command(cfg Config) *exec.Cmd {
	cmd := exec.Command(cfg.Program, cfg.Args...)
	cmd.Dir = cfg.Dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: cfg.Dying}
	if !cfg.Account.drop {
		return cmd
	}
	if !cfg.Account.Reaches(cfg.Program) || !cfg.Account.Reaches(filepath.Join(cfg.Dir, "within")) {
		// A right given this way works from the first exec on, so changing directory and finding the program come after one.
		args := append([]string{"sh", "-c", `cd "$1" && shift && exec "$@"`, "sh", cfg.Dir, cfg.Program}, cfg.Args...)
		cmd = &exec.Cmd{Path: "/bin/sh", Args: args, Dir: "/", SysProcAttr: cmd.SysProcAttr}
		cmd.SysProcAttr.AmbientCaps = []uintptr{overridePaths}
	}
	cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(cfg.Account.uid), Gid: uint32(cfg.Account.gid)}
	return cmd
}

// processes reads /proc, which a machine always has where it may have no ps.
func processes() (map[int]entry, error) {
	dirs, err := os.ReadDir("/proc")
	if err != nil {
		return nil, err
	}
	table := make(map[int]entry, len(dirs))
	for _, dir := range dirs {
		pid, err := strconv.Atoi(dir.Name())
		if err != nil {
			continue
		}
		stat, err := os.ReadFile("/proc/" + dir.Name() + "/stat")
		if err != nil {
			continue // it ended while we read
		}
		// The program's name stands in brackets and may itself hold brackets and spaces: the fields begin after the last one.
		fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
		if len(fields) < 2 || fields[0] == "Z" || fields[0] == "X" {
			continue
		}
		parent, err := strconv.Atoi(fields[1])
		if err != nil {
			continue
		}
		table[pid] = entry{parent: parent, state: fields[0][0]}
	}
	return table, nil
}

// HoldersKnown says that Holders can tell.
const HoldersKnown = true

// Holders lists the processes whose working directory is dir or below it. PostgreSQL works in its data directory, so this tells whether
// anything still runs on it, which the pid in its lock file does not: that number may be somebody else's by now.
func Holders(dir string) ([]int, error) {
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return nil, err
	}
	table, err := processes()
	if err != nil {
		return nil, err
	}
	var holders []int
	for pid := range table {
		at, err := os.Readlink("/proc/" + strconv.Itoa(pid) + "/cwd")
		if err == nil && (at == dir || strings.HasPrefix(at, dir+"/")) {
			holders = append(holders, pid)
		}
	}
	return holders, nil
}
