package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"haven/schema"
)

// A search as a script sends it, over loopback: bearer token, rights, every rule, the first 20 of each group with every reason, and the search is
// recorded. Each benchmark measures ours and its limit in turn, so that whatever slows the machine slows both.

func BenchmarkE2Search10k(b *testing.B)  { benchAnswer(b, 10_000, 3, 1.5) }
func BenchmarkE2Search100k(b *testing.B) { benchAnswer(b, 100_000, 5, 2) }

// benchAnswer is the median time of one answer, to one that an empty handler gives.
func benchAnswer(b *testing.B, n int, accept, moonshot float64) {
	s := newSearched(b, n)
	var ours, limit []time.Duration
	s.onlyIndex()
	s.ask(b)
	s.askNobody(b)
	for b.Loop() {
		start := time.Now()
		s.ask(b)
		mid := time.Now()
		s.askNobody(b)
		ours, limit = append(ours, mid.Sub(start)), append(limit, time.Since(mid))
	}
	slices.Sort(ours)
	slices.Sort(limit)
	o, l := ours[len(ours)/2].Seconds()*1e6, limit[len(limit)/2].Seconds()*1e6
	report(b, "µs", o, l, accept, moonshot)
}

func BenchmarkE2RateSQL10k(b *testing.B)    { benchRate(b, 10_000, newSQLPeer, 5, 14) }
func BenchmarkE2RateSQL100k(b *testing.B)   { benchRate(b, 100_000, newSQLPeer, 20, 60) }
func BenchmarkE2RateRedis10k(b *testing.B)  { benchRate(b, 10_000, newRedisPeer, 30, 75) }
func BenchmarkE2RateRedis100k(b *testing.B) { benchRate(b, 100_000, newRedisPeer, 30, 75) }

// atOnce is how many ask at a time.
const atOnce = 16

// benchRate is how many searches a second are answered, to how many a peer answers; the empty handler's beside it.
func benchRate(b *testing.B, n int, peer func(*testing.B, *searched) func(asker int) error, accept, moonshot float64) {
	s := newSearched(b, n)
	ask := peer(b, s)
	s.onlyIndex()
	var ours, its, nobody []float64
	for b.Loop() {
		ours = append(ours, perSecond(b, func(int) error { return s.post(s.world.url, s.token) }))
		its = append(its, perSecond(b, ask))
		nobody = append(nobody, perSecond(b, func(int) error { return s.post(s.empty, "") }))
	}
	for _, of := range [][]float64{ours, its, nobody} {
		slices.Sort(of)
	}
	report(b, "/s", ours[len(ours)/2], its[len(its)/2], accept, moonshot)
	b.ReportMetric(1, "least")
	b.ReportMetric(nobody[len(nobody)/2], "empty-/s")
}

// perSecond is how often atOnce askers got an answer in a second. Each finishes what it began.
func perSecond(b *testing.B, ask func(asker int) error) float64 {
	const long = 500 * time.Millisecond
	var answers atomic.Int64
	var asking sync.WaitGroup
	start := time.Now()
	for asker := range atOnce {
		asking.Go(func() {
			for time.Since(start) < long {
				if err := ask(asker); err != nil {
					b.Error(err)
					return
				}
				answers.Add(1)
			}
		})
	}
	asking.Wait()
	return float64(answers.Load()) / time.Since(start).Seconds()
}

func report(b *testing.B, unit string, ours, limit, accept, moonshot float64) {
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(ours, "ours-"+unit)
	b.ReportMetric(limit, "limit-"+unit)
	b.ReportMetric(ours/limit, "ratio")
	b.ReportMetric(accept, "accept")
	b.ReportMetric(moonshot, "moonshot")
}

// searched is the API over many places, and an empty handler beside it.
type searched struct {
	world  *world
	places []schema.Place
	need   schema.Need
	token  string
	empty  string
	client *http.Client
}

func newSearched(b *testing.B, n int) *searched {
	w := newWorld(b)
	nobody := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	b.Cleanup(nobody.Close)
	s := &searched{
		world: w, places: benchStock(n, time.Now()), token: w.tokens[schema.RoleHelpline], empty: nobody.URL,
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: atOnce}},
	}
	w.exchange.Index().Reset(s.places)
	b.Cleanup(s.client.CloseIdleConnections)
	go w.exchange.RecordSearches(b.Context(), w.db, time.Second, func(err error) { b.Error(err) })

	var wire apiNeed
	must(b, strictly([]byte(benchNeed), &wire))
	var err error
	s.need, err = wire.check(w.web.places)
	must(b, err)
	got := into[apiShortlist](b, w.do(schema.RoleHelpline, "POST", "/search", benchNeed, http.StatusOK)).Counts
	if want := benchPasses(s.places, s.need.Avoid, time.Now()); got.Fits+got.CheckFirst+got.Unconfirmed != want || want == 0 {
		b.Fatalf("ours passes %+v, the peers %d", got, want)
	}
	return s
}

// onlyIndex stays in memory, as in a process that serves.
func (s *searched) onlyIndex() {
	s.places = nil
	runtime.GC()
}

func (s *searched) ask(b *testing.B)       { must(b, s.post(s.world.url, s.token)) }
func (s *searched) askNobody(b *testing.B) { must(b, s.post(s.empty, "")) }

func (s *searched) post(to, token string) error {
	r, err := http.NewRequest(http.MethodPost, to+"/api/v1/search", strings.NewReader(benchNeed))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token)
	a, err := s.client.Do(r)
	if err != nil {
		return err
	}
	defer a.Body.Close()
	_, err = io.Copy(io.Discard, a.Body)
	return err
}
