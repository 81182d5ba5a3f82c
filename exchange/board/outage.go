package board

import (
	"context"
	"log/slog"
	"time"
)

const (
	firstPause = 20 * time.Millisecond
	// longestPause is short beside the five seconds in which a board must heal once the servers are back.
	longestPause = 500 * time.Millisecond
)

// outage paces what is tried again while a server is away, and logs when it began and when it was over instead of every attempt.
type outage struct {
	log   *slog.Logger
	words string
	since time.Time
	pause time.Duration
}

// begin notes a failure; a caller that has its own pace needs no more.
func (o *outage) begin(ctx context.Context, err error) {
	if o.since.IsZero() && ctx.Err() == nil {
		o.since = time.Now()
		o.log.WarnContext(ctx, o.words, "error", err)
	}
}

// endure notes a failure and waits before the next attempt, a little longer each time.
func (o *outage) endure(ctx context.Context, err error) {
	o.begin(ctx, err)
	o.pause = min(max(2*o.pause, firstPause), longestPause)
	wait(ctx, o.pause, nil)
}

func (o *outage) over(ctx context.Context) {
	if o.since.IsZero() {
		return
	}
	o.log.InfoContext(ctx, o.words+": over", "lasted", time.Since(o.since))
	o.since, o.pause = time.Time{}, 0
}

// wait until a time has passed, ctx ends or somebody wakes it.
func wait(ctx context.Context, long time.Duration, wake <-chan struct{}) {
	timer := time.NewTimer(long)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-wake:
	case <-ctx.Done():
	}
}
