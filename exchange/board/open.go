package board

import (
	"errors"
	"net/url"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// errURL names no part of what was given: with a password in the wrong place, any part may be the password.
var errURL = errors.New("the Redis URL cannot be used: want redis://[user:password@]host:port[/database], rediss://… for TLS, or unix:///path/to/socket; " +
	"percent-encode any of /?#@: in the password; further options must be ones the Redis library knows")

// Redis is a prepared connection, as Open gives it.
type Redis = redis.UniversalClient

// Open prepares connections to Redis; none is made until it is used. Beside one server it takes a failover group,
// redis://sentinel:26379?master_name=NAME&addr=…, and a cluster, redis://node:6379?addr=….
func Open(address string) (redis.UniversalClient, error) {
	// The library writes lines of its own to standard error, many a second while Redis is away. Errors are returned as well, and logged by
	// whoever asked.
	logging.Disable()
	u, err := url.Parse(address)
	if err != nil || u.Opaque != "" {
		return nil, errURL
	}
	switch query := u.Query(); {
	case u.Scheme != "redis" && u.Scheme != "rediss" && u.Scheme != "unix":
		return nil, errURL
	case u.Scheme != "unix" && u.Host == "":
		return nil, errURL
	case query.Has("master_name"):
		options, err := redis.ParseFailoverURL(address)
		if err != nil {
			return nil, errURL
		}
		options.ContextTimeoutEnabled = true
		return redis.NewFailoverClient(options), nil
	case query.Has("addr"):
		options, err := redis.ParseClusterURL(address)
		if err != nil {
			return nil, errURL
		}
		options.ContextTimeoutEnabled = true
		options.MaintNotificationsConfig = unannounced()
		return redis.NewClusterClient(options), nil
	}
	options, err := redis.ParseURL(address)
	if err != nil {
		return nil, errURL
	}
	// Without it a deadline in ctx is ignored while an answer is awaited.
	options.ContextTimeoutEnabled = true
	options.MaintNotificationsConfig = unannounced()
	return redis.NewClient(options), nil
}

// unannounced: the library otherwise asks each connection for maintenance notices that only a hosted edition of Redis sends.
func unannounced() *maintnotifications.Config {
	return &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
}
