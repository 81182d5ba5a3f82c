package ledger_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"haven/notifier"
	"haven/notifier/outboxtest"
	"haven/schema"
	"haven/schema/ledger"
	"haven/schema/ledger/ledgertest"
)

// The notifier's own contract, on the ledger.
func TestMessageContract(t *testing.T) {
	t.Parallel()
	outboxtest.Suite(t, func(tb testing.TB) outboxtest.Store {
		q := newQueue(tb)
		return outboxtest.Store{Outbox: q.db, Add: q.add, Get: q.get}
	})
}

// queue is a ledger with a service whose duty number messages go to.
type queue struct {
	*hand
	db      *ledger.DB
	service schema.Service
	request schema.Request
	spaces  int
}

const dutyNumber = "+447700900982"

func newQueue(t testing.TB) *queue {
	t.Helper()
	h := byHand(t)
	q := &queue{hand: h, db: ledgertest.New(t)}
	q.service = h.service(h.organisation(schema.KindProvider), "Alder")
	h.exec(`INSERT INTO service_contact (service_id, provider_id, duty_number) VALUES ($1, $2, $3)`, q.service.ID, q.service.Provider, dutyNumber)
	q.request = h.request(h.actor(h.organisation(schema.KindHelpline), schema.RoleHelpline), nil)
	return q
}

func (q *queue) waitingHold() schema.Hold {
	q.spaces++
	return q.hand.hold(q.request, q.service, q.hand.space(q.service, fmt.Sprint(q.spaces)), nil)
}

// ids of the suite are letters; the ledger's are its own.
func (q *queue) add(_ testing.TB, m notifier.Message) notifier.Message {
	m.ID, m.HoldID = newID(), string(q.waitingHold().ID)
	q.insert(m)
	return m
}

func (q *queue) insert(m notifier.Message) {
	q.t.Helper()
	q.exec(`INSERT INTO message (id, wording, audience, to_number, hold_id, by_time, not_before, not_after) VALUES ($1, $2, 'staff', $3, $4, $5, $6, $7)`,
		m.ID, m.Wording, m.To, m.HoldID, m.At, m.NotBefore, m.NotAfter)
}

func (q *queue) get(t testing.TB, id string) (m notifier.Message) {
	t.Helper()
	var begun, next *time.Time
	q.scan(`SELECT id, state, attempts, code, provider_ref, lease_until, (SELECT max(at) FROM event WHERE subject = CAST(message.id AS text) AND what = 'text_begun')
		FROM message WHERE id = $1`, []any{id}, &m.ID, &m.State, &m.Attempts, &m.Code, &m.ProviderID, &next, &begun)
	if begun != nil {
		m.BegunAt = *begun
	}
	if next != nil {
		m.NextAt = *next
	}
	return m
}

// A hold_waiting message asks for an answer; what else it would be is decided when it is leased, not when it was written.
func TestGroundsAreThoseOfNow(t *testing.T) {
	t.Parallel()
	now := time.Now()
	for name, c := range map[string]struct {
		wording string
		change  string
		want    notifier.Grounds
	}{
		"it waits":                         {"hold_waiting", ``, notifier.Grounds{DutyNumber: true}},
		"the service has answered":         {"hold_waiting", `UPDATE hold SET provided = '{"yes": true}'`, notifier.Grounds{DutyNumber: true, Moot: true}},
		"the hold was released":            {"hold_waiting", `UPDATE hold SET state = 'ended', end_code = 'released'`, notifier.Grounds{DutyNumber: true, Moot: true}},
		"its time has passed":              {"hold_waiting", `UPDATE hold SET expires_at = clock_timestamp()`, notifier.Grounds{DutyNumber: true, Moot: true}},
		"it tells of a release":            {"hold_released", `UPDATE hold SET state = 'ended', end_code = 'released'`, notifier.Grounds{DutyNumber: true}},
		"the duty number is another's now": {"hold_waiting", `UPDATE service_contact SET duty_number = '+447700900111'`, notifier.Grounds{}},
		"there is no duty number any more": {"hold_waiting", `UPDATE service_contact SET duty_number = ''`, notifier.Grounds{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := newQueue(t)
			q.insert(notifier.Message{
				ID: newID(), Wording: c.wording, To: dutyNumber, HoldID: string(q.waitingHold().ID), At: now,
				NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour),
			})
			if c.change != "" {
				q.exec(c.change)
			}
			got, err := q.db.Lease(t.Context(), "worker", 1, time.Minute)
			if err != nil || len(got) != 1 || got[0].Grounds != c.want {
				t.Errorf("Lease = %+v, %v; want grounds %+v", got, err, c.want)
			}
		})
	}
}

// A text that a place may fit is worth sending while one does and those on duty still have that number; it carries the reference and nothing else.
func TestGroundsOfATextAboutARequest(t *testing.T) {
	t.Parallel()
	now := time.Now()
	for name, c := range map[string]struct {
		change string
		want   notifier.Grounds
	}{
		"the place is there":               {``, notifier.Grounds{DutyNumber: true}},
		"it has gone":                      {`UPDATE waiting_match SET gone_at = clock_timestamp()`, notifier.Grounds{DutyNumber: true, Moot: true}},
		"it is to be checked now":          {`UPDATE waiting_match SET verdict = 'check_first'`, notifier.Grounds{DutyNumber: true, Moot: true}},
		"the duty number is another's now": {`UPDATE organisation_contact SET duty_number = '+447700900111'`, notifier.Grounds{}},
		"it is a service's number":         {`UPDATE message SET to_number = '` + dutyNumber + `'`, notifier.Grounds{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := newQueue(t)
			const helplines = "+447700900321"
			q.exec(`INSERT INTO organisation_contact (organisation_id, duty_number) VALUES ($1, $2)`, q.request.Organisation, helplines)
			q.exec(`INSERT INTO waiting_match (request_id, space_id, verdict, found_at) VALUES ($1, $2, 'fits', now())`, q.request.ID, q.space(q.service, "1").ID)
			q.exec(`INSERT INTO message (id, wording, audience, to_number, request_id, not_before, not_after) VALUES ($1, 'place_may_fit', 'staff', $2, $3, $4, $5)`,
				newID(), helplines, q.request.ID, now.Add(-time.Hour), now.Add(time.Hour))
			if c.change != "" {
				q.exec(c.change)
			}
			got, err := q.db.Lease(t.Context(), "worker", 1, time.Minute)
			if err != nil || len(got) != 1 || got[0].Grounds != c.want || got[0].Reference != q.request.Reference || got[0].HoldID != "" {
				t.Errorf("Lease = %+v, %v; want grounds %+v and reference %s", got, err, c.want, q.request.Reference)
			}
		})
	}
}

// Every step of a text is in the record, and nothing of whom it went to.
func TestMessageStepsAreRecorded(t *testing.T) {
	t.Parallel()
	q := newQueue(t)
	now := time.Now()
	m := q.add(t, notifier.Message{Wording: "hold_waiting", To: dutyNumber, At: now, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour)})
	leaseAndBegin := func(leaseFor time.Duration) notifier.Message {
		t.Helper()
		got, err := q.db.Lease(t.Context(), "worker", 1, time.Minute)
		if err != nil || len(got) != 1 {
			t.Fatalf("Lease = %+v, %v", got, err)
		}
		if got[0].State == notifier.Ready {
			if err := q.db.Begin(t.Context(), m.ID, got[0].Token, leaseFor); err != nil {
				t.Fatal(err)
			}
		}
		return got[0]
	}
	first := leaseAndBegin(time.Minute)
	if err := q.db.Settle(t.Context(), m.ID, first.Token, notifier.Outcome{State: notifier.Ready, Code: "busy", NextAt: now.Add(-time.Second)}); err != nil {
		t.Fatal(err)
	}
	leaseAndBegin(0)
	found := leaseAndBegin(time.Minute)
	for range 2 {
		if err := q.db.Settle(t.Context(), m.ID, found.Token, notifier.Outcome{State: notifier.Accepted, ProviderID: "SM1"}); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := fmt.Sprint(q.events(m.ID)), "[text_begun text_settled text_begun text_lapsed text_settled]"; got != want {
		t.Errorf("events %s, want %s", got, want)
	}
	var numbers int
	q.scan(`SELECT count(*) FROM event e WHERE CAST(e AS text) LIKE '%7700%'`, nil, &numbers)
	if numbers != 0 {
		t.Error("a telephone number is in the record, which cannot be erased from it")
	}
}

// A message that nobody leased has an empty token; naming that is naming none.
func TestNoLeaseIsNoToken(t *testing.T) {
	t.Parallel()
	q := newQueue(t)
	now := time.Now()
	m := q.add(t, notifier.Message{Wording: "hold_waiting", To: dutyNumber, At: now, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour)})
	if err := q.db.Begin(t.Context(), m.ID, "", time.Minute); !errors.Is(err, notifier.ErrLeaseLost) {
		t.Errorf("Begin without a lease: %v, want ErrLeaseLost", err)
	}
	if err := q.db.Settle(t.Context(), m.ID, "", notifier.Outcome{State: notifier.Expired}); !errors.Is(err, notifier.ErrLeaseLost) {
		t.Errorf("Settle without a lease: %v, want ErrLeaseLost", err)
	}
}

// Messages that read the same are all found under the one text that the provider has: one of them only was it.
func TestOneProviderIDSettlesOneMessageInARace(t *testing.T) {
	t.Parallel()
	q := newQueue(t)
	now := time.Now()
	const workers = 8
	for round := range 10 {
		for range workers {
			q.add(t, notifier.Message{Wording: "hold_waiting", To: dutyNumber, At: now, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour)})
		}
		leased, err := q.db.Lease(t.Context(), "worker", workers, time.Minute)
		if err != nil || len(leased) != workers {
			t.Fatalf("Lease gave %d, %v", len(leased), err)
		}
		for _, m := range leased {
			if err := q.db.Begin(t.Context(), m.ID, m.Token, time.Minute); err != nil {
				t.Fatal(err)
			}
		}
		var (
			all     sync.WaitGroup
			start   = make(chan struct{})
			results = make([]error, workers)
		)
		for i, m := range leased {
			all.Go(func() {
				<-start
				results[i] = q.db.Settle(t.Context(), m.ID, m.Token, notifier.Outcome{State: notifier.Accepted, ProviderID: fmt.Sprint("SM", round)})
			})
		}
		close(start)
		all.Wait()
		settled := 0
		for _, err := range results {
			switch {
			case err == nil:
				settled++
			case !errors.Is(err, notifier.ErrProviderIDTaken):
				t.Error(err)
			}
		}
		if settled != 1 {
			t.Fatalf("round %d: %d messages were settled under one provider id", round, settled)
		}
	}
}
