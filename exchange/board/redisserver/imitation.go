package redisserver

import (
	"context"
	"errors"
	"net"
	"strconv"

	"github.com/alicebob/miniredis/v2"
)

// imitation is miniredis in this process. It lacks functions, sharded channels, keyspace events and INFO, and its memory has no bound.
type imitation struct {
	port   int // 0 until the first launch chose one
	server *miniredis.Miniredis
}

// launch begins with an empty server, since the real one does too, and lets keys expire by the clock, which miniredis leaves to its tests.
func (i *imitation) launch(context.Context) error {
	server := miniredis.NewMiniRedis()
	if err := server.StartAddr(net.JoinHostPort("127.0.0.1", strconv.Itoa(i.port))); err != nil {
		return err
	}
	server.ClockTTL(true)
	port, err := strconv.Atoi(server.Port())
	if err != nil {
		server.Close()
		return err
	}
	i.server, i.port = server, port
	return nil
}

func (i *imitation) stop(context.Context) error {
	i.server.Close()
	return nil
}

func (i *imitation) kill() error { return i.stop(context.Background()) }

func (i *imitation) pause() error  { return errors.New("an imitation of Redis cannot be paused") }
func (i *imitation) resume() error { return nil }

func (i *imitation) url() string { return portURL(i.port) }
