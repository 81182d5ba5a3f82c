package board

import (
	"context"
	_ "embed"
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

// answerWithin bounds every call, so that a Redis that stands still is treated as one that is away.
const answerWithin = 2 * time.Second

var (
	// errSuperseded: a relay with a higher term has written.
	errSuperseded = errors.New("another relay has a higher term")
	// errLost: the board is not the one it was: emptied, rebuilt, fallen back to an older copy, or entries are missing.
	errLost = errors.New("the board in Redis is gone or another")
)

//go:embed scripts/publish.lua
var publishSource string

//go:embed scripts/head.lua
var headSource string

var (
	publishScript = redis.NewScript(publishSource)
	headScript    = redis.NewScript(headSource)
)

// store is the board as Redis keeps it. Relay writes through it, Following reads.
type store struct {
	redis redis.UniversalClient
	keys  keys
}

func newStore(client redis.UniversalClient, prefix string) store {
	if prefix == "" {
		prefix = DefaultPrefix
	}
	return store{redis: client, keys: newKeys(prefix)}
}

// entry is one thing to publish.
type entry struct {
	topic   exchange.Topic
	id      string
	version int64
	place   *schema.Place // nil for a space: off the board
	to      []schema.OrganisationID
}

// standing is what a relay says of itself with every write.
type standing struct {
	term  int64
	epoch string
	// drained is when, by Redis's clock, the outbox held nothing that these entries and those before do not publish; zero while it does.
	drained time.Time
	keep    int64
}

// publish gives Redis's clock, for the next standing. It is errSuperseded or errLost when nothing was published and nothing will be; any
// other error leaves open whether it was, and sending the entries again is right.
func (s store) publish(ctx context.Context, as standing, entries []entry) (time.Time, error) {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	args := make([]any, 0, 4+6*len(entries))
	args = append(args, as.term, as.epoch, as.keep, max(0, as.drained.UnixMilli()))
	for _, e := range entries {
		var (
			service int64
			place   []byte
			err     error
		)
		if e.place != nil {
			service = e.place.Service.Version
			if place, err = json.Marshal(e.place); err != nil {
				return time.Time{}, fmt.Errorf("place %s: %w", e.id, err)
			}
		}
		args = append(args, string(e.topic), e.id, e.version, service, place, join(e.to))
	}
	k := s.keys
	reply, err := publishScript.Run(ctx, s.redis, []string{k.meta, k.place, k.version, k.gone, k.stream}, args...).StringSlice()
	if err != nil {
		return time.Time{}, fmt.Errorf("publish: %w", err)
	}
	if err := verdict(reply); err != nil {
		return time.Time{}, err
	}
	ms, err := strconv.ParseInt(reply[1], 10, 64)
	return time.UnixMilli(ms), err
}

// verdict reads the first word of what publish and swap give.
func verdict(reply []string) error {
	switch {
	case len(reply) != 2:
		return fmt.Errorf("a script answered with %d words, want 2", len(reply))
	case reply[0] == "ok":
		return nil
	case reply[0] == "superseded":
		return fmt.Errorf("%w: %s", errSuperseded, reply[1])
	default:
		return fmt.Errorf("%w: %s %s", errLost, reply[0], reply[1])
	}
}

// head is where the stream is.
type head struct {
	position
	// age since nothing was left to publish; negative when that never was.
	age time.Duration
}

// head's epoch is empty when there is no board.
func (s store) head(ctx context.Context) (head, error) {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	reply, err := headScript.Run(ctx, s.redis, []string{s.keys.meta, s.keys.stream}).StringSlice()
	if err != nil {
		return head{}, fmt.Errorf("head: %w", err)
	}
	if len(reply) != 4 {
		return head{}, fmt.Errorf("head: %d words, want 4", len(reply))
	}
	n, badN := strconv.ParseInt(reply[1], 10, 64)
	age, badAge := strconv.ParseInt(reply[3], 10, 64)
	return head{position{reply[0], n, reply[2]}, time.Duration(age) * time.Millisecond}, errors.Join(badN, badAge)
}

// versions of every place on the board. It is errLost when the places and their versions are not the same many: somebody else wrote here.
func (s store) versions(ctx context.Context) (map[schema.SpaceID]int64, error) {
	all := map[schema.SpaceID]int64{}
	if err := s.each(ctx, s.keys.version, func(id, edition string) error {
		version, _, _ := strings.Cut(edition, ".")
		n, err := strconv.ParseInt(version, 10, 64)
		all[schema.SpaceID(id)] = n
		return err
	}); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	places, err := s.redis.HLen(ctx, s.keys.place).Result()
	if err != nil {
		return nil, fmt.Errorf("count places: %w", err)
	}
	if places != int64(len(all)) {
		return nil, fmt.Errorf("%w: %d places and %d versions", errLost, places, len(all))
	}
	return all, nil
}

// each visits a hash a part at a time, because reading 100,000 places at once would make everybody else wait. A field may come twice.
func (s store) each(ctx context.Context, key string, visit func(field, value string) error) error {
	const part = 500
	for cursor := uint64(0); ; {
		within, cancel := context.WithTimeout(ctx, answerWithin)
		pairs, next, err := s.redis.HScan(within, key, cursor, "", part).Result()
		cancel()
		if err != nil {
			return fmt.Errorf("scan: %w", err)
		}
		for i := 0; i+1 < len(pairs); i += 2 {
			if err := visit(pairs[i], pairs[i+1]); err != nil {
				return err
			}
		}
		if next == 0 {
			return nil
		}
		cursor = next
	}
}

func join(to []schema.OrganisationID) string {
	var all strings.Builder
	for i, id := range to {
		if i > 0 {
			all.WriteByte(',')
		}
		all.WriteString(string(id))
	}
	return all.String()
}
