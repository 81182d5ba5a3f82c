package board

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"haven/exchange"
	"haven/schema"
)

// position is a point of the stream: all entries up to number n of an epoch, the last of which has Redis's id.
type position struct {
	epoch string
	n     int64
	id    string
}

// read gives the entries after a position, at most a part of them, and the position after those. It waits for one as long as block; zero
// does not wait. It is errLost when the next entry is not the next number of the same epoch.
func (s store) read(ctx context.Context, at position, block time.Duration) ([]exchange.Change, position, error) {
	const part = 500
	ctx, cancel := context.WithTimeout(ctx, answerWithin+block)
	defer cancel()
	if block == 0 {
		block = -1 // to Redis, 0 is for ever
	}
	found, err := s.redis.XRead(ctx, &redis.XReadArgs{Streams: []string{s.keys.stream, at.id}, Count: part, Block: block}).Result()
	if errors.Is(err, redis.Nil) {
		return nil, at, nil
	}
	if err != nil {
		return nil, at, fmt.Errorf("read the stream: %w", err)
	}
	var changes []exchange.Change
	for _, stream := range found {
		for _, message := range stream.Messages {
			change, err := decode(message.Values)
			if err != nil {
				return nil, at, fmt.Errorf("entry %s: %w", message.ID, err)
			}
			if change.Epoch != at.epoch || change.N != at.n+1 {
				return nil, at, fmt.Errorf("%w: entry %d of epoch %s follows %d of %s", errLost, change.N, change.Epoch, at.n, at.epoch)
			}
			at = position{change.Epoch, change.N, message.ID}
			changes = append(changes, change)
		}
	}
	return changes, at, nil
}

func decode(fields map[string]any) (exchange.Change, error) {
	text := func(name string) string {
		value, _ := fields[name].(string)
		return value
	}
	n, badN := strconv.ParseInt(text("n"), 10, 64)
	version, badVersion := strconv.ParseInt(text("version"), 10, 64)
	change := exchange.Change{Epoch: text("epoch"), N: n, Topic: exchange.Topic(text("topic")), ID: text("id"), Version: version}
	if err := errors.Join(badN, badVersion); err != nil {
		return change, err
	}
	if to := text("to"); to != "" {
		for id := range strings.SplitSeq(to, ",") {
			change.To = append(change.To, schema.OrganisationID(id))
		}
	}
	if place := text("place"); place != "" {
		change.Place = new(schema.Place)
		return change, json.Unmarshal([]byte(place), change.Place)
	}
	return change, nil
}
