package main

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"strings"
)

// flushRedis speaks the one command it needs; go-redis has its home in exchange/board.
func (w *world) flushRedis(ctx context.Context) error {
	var d net.Dialer
	path, ok := strings.CutPrefix(w.redis.URL(), "unix://")
	if !ok {
		return fmt.Errorf("the private Redis is not on a socket: %s", w.redis.URL())
	}
	path, _, _ = strings.Cut(path, "?")
	conn, err := d.DialContext(ctx, "unix", path)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.Write([]byte("FLUSHALL\r\n")); err != nil {
		return err
	}
	answer, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil || !strings.HasPrefix(answer, "+OK") {
		return fmt.Errorf("FLUSHALL answered %q: %w", answer, err)
	}
	return nil
}
