package private

import (
	"fmt"
	"time"
)

// The two states that anything here waits for. A process that has ended but was not yet collected by its parent counts as gone: in a
// container without an init it stays so for ever, and it holds no file and no lock.
const (
	gone    byte = 0
	stopped byte = 'T'
)

// entry is one process as the system lists it.
type entry struct {
	parent int
	state  byte
}

// descendants lists every process below pid that still runs.
func descendants(pid int) ([]int, error) {
	table, err := processes()
	if err != nil {
		return nil, err
	}
	var family []int
	for parents := []int{pid}; len(parents) > 0; {
		var children []int
		for child, e := range table {
			if e.parent == parents[0] {
				children = append(children, child)
			}
		}
		family = append(family, children...)
		parents = append(parents[1:], children...)
	}
	return family, nil
}

// await polls until every process is in a state that satisfies is. Signals arrive when the target is next scheduled, so a caller that
// needs "now nothing moves" has to look.
func await(pids []int, is func(state byte) bool) error {
	if len(pids) == 0 {
		return nil
	}
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	deadline := time.NewTimer(settle)
	defer deadline.Stop()
	for {
		table, err := processes()
		if err != nil {
			return err
		}
		waiting := 0
		for _, pid := range pids {
			if !is(table[pid].state) {
				waiting++
			}
		}
		if waiting == 0 {
			return nil
		}
		select {
		case <-tick.C:
		case <-deadline.C:
			return fmt.Errorf("%d of %d signalled processes did not obey within %v", waiting, len(pids), settle)
		}
	}
}
