//go:build unix && !linux

package private

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

func command(cfg Config) *exec.Cmd {
	cmd := exec.Command(cfg.Program, cfg.Args...)
	cmd.Dir = cfg.Dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if cfg.Account.drop {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(cfg.Account.uid), Gid: uint32(cfg.Account.gid)}
	}
	return cmd
}

func processes() (map[int]entry, error) {
	out, err := exec.Command("ps", "-axo", "pid=,ppid=,stat=").Output()
	if err != nil {
		return nil, err
	}
	table := make(map[int]entry)
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		if len(fields) < 3 || fields[2][0] == 'Z' {
			continue
		}
		pid, errPID := strconv.Atoi(fields[0])
		parent, errParent := strconv.Atoi(fields[1])
		if errPID == nil && errParent == nil {
			table[pid] = entry{parent: parent, state: fields[2][0]}
		}
	}
	return table, nil
}

// HoldersKnown says that Holders cannot tell.
const HoldersKnown = false

// Holders knows nothing here: there is no way to ask without a program that the machine may lack. The server's own lock file decides.
func Holders(string) ([]int, error) { return nil, nil }
