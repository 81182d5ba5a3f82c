package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"haven/exchange/feed"
)

// runFeed speaks to Haven as a provider's system, for trying a feed out and for small landlords' scripts. The address and key come from the
// environment (HAVEN_FEED_URL, HAVEN_FEED_KEY), so that a key is in no history and no process list.
func runFeed(ctx context.Context, c Config, args []string) error {
	if c.FeedURL == "" {
		c.FeedURL = feedURL(c)
	}
	if c.FeedKey == "" {
		return errors.New("haven feed needs HAVEN_FEED_KEY, the provider's key, and HAVEN_FEED_URL, like wss://haven.example/feed/v1")
	}
	switch {
	case len(args) == 2 && args[0] == "publish":
		return feedPublish(ctx, c, args[1])
	case len(args) == 1 && args[0] == "watch":
		return feedWatch(ctx, c)
	}
	return errors.New("usage: haven feed publish FILE.json, or haven feed watch")
}

// feedPublish sends one message and prints its answer. A space that was not kept makes the command fail, so that a script notices.
func feedPublish(ctx context.Context, c Config, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	message, err := feed.ParseFile(file)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	client, err := feed.Dial(ctx, feed.ClientConfig{URL: c.FeedURL, Key: c.FeedKey})
	if err != nil {
		return err
	}
	defer client.Close()
	ack, err := client.Send(ctx, message)
	if err != nil {
		return err
	}
	left := 0
	for _, s := range ack.Spaces {
		if s.Code == "" {
			fmt.Printf("%-12s kept, version %d\n", s.Ref, s.Version)
			continue
		}
		left++
		fmt.Printf("%-12s %s: %s %s\n", s.Ref, s.Code, s.Words, s.Claim)
	}
	if left > 0 {
		return fmt.Errorf("%d of %d spaces were not kept; the rest was", left, len(ack.Spaces))
	}
	fmt.Printf("message %d kept\n", ack.Seq)
	return nil
}

// feedWatch prints what Haven tells the provider, a JSON line each, until it is stopped.
func feedWatch(ctx context.Context, c Config) error {
	client, err := feed.Dial(ctx, feed.ClientConfig{URL: c.FeedURL, Key: c.FeedKey, Wait: time.Minute})
	if err != nil {
		return err
	}
	defer client.Close()
	out := json.NewEncoder(os.Stdout)
	for {
		select {
		case e, open := <-client.Holds():
			if !open {
				return client.Err()
			}
			if err := out.Encode(e); err != nil {
				return err
			}
		case <-client.Done():
			return client.Err()
		case <-ctx.Done():
			return nil
		}
	}
}
