package notifier

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/sethvargo/go-retry"
)

// settleEvery is the pause before a settlement that the outbox could not take is tried again.
const settleEvery = 500 * time.Millisecond

// Turn leases what is due, sees each message through side by side, and says how many there were. When ctx ends, what was begun is
// finished and settled within SendFor and LeaseFor, and the rest is given back.
func (w *Worker) Turn(ctx context.Context) (int, error) {
	messages, err := w.Outbox.Lease(ctx, w.Name, w.Batch, w.LeaseFor)
	if err != nil {
		return 0, err
	}
	var all sync.WaitGroup
	for _, m := range messages {
		all.Go(func() { w.handle(ctx, m) })
	}
	all.Wait()
	return len(messages), nil
}

func (w *Worker) handle(ctx context.Context, m Message) {
	stopping := ctx.Err() != nil
	ctx = context.WithoutCancel(ctx)
	switch {
	case stopping:
		w.settle(ctx, m, Outcome{State: m.State, Code: m.Code, NextAt: w.Now()})
	case m.State == Unknown:
		w.lookFor(ctx, m)
	default:
		w.send(ctx, m)
	}
}

// send is the only place a request for a text is made.
func (w *Worker) send(ctx context.Context, m Message) {
	text, until, stop := w.prepare(m)
	if stop != nil {
		w.settle(ctx, m, *stop)
		return
	}
	if err := w.begin(ctx, m); err != nil {
		// Not begun, so not sent. Whether it was committed none the less is for the lapse to find out.
		w.Log.WarnContext(ctx, "text message not begun", "message", m.ID, "error", err)
		return
	}
	now := w.Now()
	if !now.Before(until) {
		w.settle(ctx, m, Outcome{State: Expired, Code: CodeOutOfTime})
		return
	}
	m.State, m.Attempts, m.BegunAt = Sending, m.Attempts+1, now
	sendCtx, cancel := context.WithTimeout(ctx, w.SendFor)
	defer cancel()
	providerID, err := w.Sender.Send(sendCtx, m.To, text, until.Sub(now))
	w.settle(ctx, m, Next(m, providerID, err, w.Now(), w.Jitter()))
}

func (w *Worker) begin(ctx context.Context, m Message) error {
	ctx, cancel := context.WithTimeout(ctx, w.SendFor)
	defer cancel()
	return w.Outbox.Begin(ctx, m.ID, m.Token, w.LeaseFor)
}

// prepare gives the text and until when it may be delivered, or the outcome of a message that may not go.
func (w *Worker) prepare(m Message) (text string, until time.Time, stop *Outcome) {
	wording, ok := WordingFor(m.Wording)
	if !ok {
		return "", time.Time{}, &Outcome{State: Suppressed, Code: CodeNoWording}
	}
	until, code := MayText(m, wording, w.Now())
	switch code {
	case "":
	case CodeOutOfTime:
		return "", time.Time{}, &Outcome{State: Expired, Code: code}
	case CodeTooEarly: // by this machine's clock, which is behind the outbox's
		return "", time.Time{}, &Outcome{State: Ready, Code: code, NextAt: m.NotBefore}
	default:
		return "", time.Time{}, &Outcome{State: Suppressed, Code: code}
	}
	// Checked again though it was checked when it was kept: a number that is an example here is a stranger's bill there.
	if to, err := ParseMobile(m.To, w.Drama); err != nil || to != m.To {
		return "", time.Time{}, &Outcome{State: Suppressed, Code: CodeBadNumber}
	}
	text, err := wording.Render(w.words(m))
	if err != nil {
		return "", time.Time{}, &Outcome{State: Suppressed, Code: CodeNoWording}
	}
	return text, until, nil
}

func (w *Worker) words(m Message) Words {
	return Words{At: m.At, Reference: m.Reference, Link: w.Link, Phone: w.Phone}
}

// lookFor asks the provider whether it has a lost message. Two lost messages may read the same; the outbox lets each provider id stand
// for one of them only, so the next id is tried.
func (w *Worker) lookFor(ctx context.Context, m Message) {
	findCtx, cancel := context.WithTimeout(ctx, w.SendFor)
	defer cancel()
	code := CodeNotFound
	var ids []string
	if wording, ok := WordingFor(m.Wording); ok {
		text, err := wording.Render(w.words(m))
		if err == nil {
			ids, err = w.Sender.Find(findCtx, m.To, text, m.BegunAt)
		}
		if err != nil {
			code = CodeLookFailed
		}
	}
	for _, id := range ids {
		if !errors.Is(w.settle(ctx, m, Outcome{State: Accepted, ProviderID: id}), ErrProviderIDTaken) {
			return
		}
	}
	w.settle(ctx, m, LookAgain(m, code, w.Now()))
}

// settle keeps trying while the lease could still be ours: an answer in hand is worth more than a lapse, which would leave the message
// unknown and somebody asked to sort it out.
func (w *Worker) settle(ctx context.Context, m Message, o Outcome) error {
	ctx, cancel := context.WithTimeout(ctx, w.LeaseFor)
	defer cancel()
	patience := retry.WithMaxDuration(w.LeaseFor, retry.NewConstant(settleEvery))
	err := retry.Do(ctx, patience, func(ctx context.Context) error {
		err := w.Outbox.Settle(ctx, m.ID, m.Token, o)
		if err == nil || errors.Is(err, ErrLeaseLost) || errors.Is(err, ErrProviderIDTaken) || errors.Is(err, ErrState) {
			return err
		}
		return retry.RetryableError(err)
	})
	log := w.Log.With("message", m.ID, "wording", m.Wording, "state", string(o.State), "code", o.Code)
	switch {
	case err != nil:
		log.WarnContext(ctx, "text message not settled", "error", err)
	case o.State == Unknown && o.NextAt.IsZero():
		log.WarnContext(ctx, "text message may or may not have gone; somebody has to ask")
	default:
		log.InfoContext(ctx, "text message settled")
	}
	return err
}
