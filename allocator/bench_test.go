package allocator_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"haven/allocator"
	"haven/schema"
)

// Each benchmark measures ours and a limit in turn, so that whatever slows the machine slows both, and reports the medians, their ratio and the
// targets. `make bench` prints one line for each. The stock is that of bench_stock_test.go, the limits those of bench_limit_test.go.

func BenchmarkE1Search10k(b *testing.B)  { benchSearch(b, 10_000) }
func BenchmarkE1Search100k(b *testing.B) { benchSearch(b, 100_000) }

func benchSearch(b *testing.B, n int) {
	x, places, need := indexed(n)
	all := reduced(places)
	columns := bitColumns(all)
	against(b, 0.5, func() { top(x.Search(need, noon)) }, func() { sifted(columns, all, &need) }, 20, 4)
}

// top gives the twenty places that a worker sees first, in words.
func top(s allocator.Shortlist) []allocator.Assessment {
	places := s.Fits.Top(20)
	for _, g := range []allocator.Group{s.Check, s.Unconfirmed} {
		places = append(places, g.Top(20-len(places))...)
	}
	return places
}

// BenchmarkE1EveryReason16k is the 99th percentile of every place with every reason in words.
func BenchmarkE1EveryReason16k(b *testing.B) {
	x, places, need := indexed(16_000)
	all := reduced(places)
	against(b, 0.99, func() {
		s := x.Search(need, noon)
		for _, g := range []allocator.Group{s.Fits, s.Check, s.Unconfirmed, s.No} {
			g.All()
		}
	}, func() { scanned(all, &need) }, 30, 8)
}

// BenchmarkE3Waiting10k puts one changed place to 10,000 who wait, beside a search of 10,000 places.
func BenchmarkE3Waiting10k(b *testing.B) {
	x, places, need := indexed(10_000)
	w := allocator.NewWaiting()
	r := rand.New(rand.NewPCG(stockSeed, 0))
	for i := range 10_000 {
		w.Put(schema.RequestID(fmt.Sprintf("request-%05d", i)), waitingNeed(r, places), 1)
	}
	free := slices.DeleteFunc(slices.Clone(places), func(p schema.Place) bool {
		return p.Vacancy.Status != schema.StatusAvailable || p.Service.Provision != schema.Refuge
	})
	at, passed := 0, 0
	against(b, 0.5, func() {
		fits, check := w.Match(free[at%len(free)], noon)
		at, passed = at+1, passed+len(fits)+len(check)
	}, func() { top(x.Search(need, noon)) }, 1, 0.25)
	b.ReportMetric(float64(passed)/float64(at), "passed")
}

func BenchmarkE4OneChange10k(b *testing.B) {
	x, _, need := indexed(10_000)
	against(b, 0.5, func() { x.OneChange(need, noon) }, func() { top(x.Search(need, noon)) }, 3, 1.3)
}

func BenchmarkE4AskNext10k(b *testing.B) {
	x, _, need := indexed(10_000)
	against(b, 0.5, func() { x.AskNext(need, noon) }, func() { top(x.Search(need, noon)) }, 3, 1.3)
}

// BenchmarkE6Memory is what an index keeps for each place of 100,000 that came one by one as JSON, as they come from the board.
func BenchmarkE6Memory(b *testing.B) {
	places := stock(100_000)
	for b.Loop() {
		x := allocator.NewIndex()
		before := heap()
		decoded := make([]schema.Place, len(places))
		for i := range places {
			text, err := json.Marshal(places[i])
			if err != nil {
				b.Fatal(err)
			}
			if err := json.Unmarshal(text, &decoded[i]); err != nil {
				b.Fatal(err)
			}
		}
		x.Reset(decoded)
		clear(decoded)
		decoded = nil
		b.ReportMetric((heap()-before)/float64(len(places)), "ours-bytes")
		runtime.KeepAlive(x)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(512, "accept-bytes")
	b.ReportMetric(200, "moonshot-bytes")
}

func heap() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// BenchmarkE7Change applies one change after the other to 100,000 places: taken, free again, confirmed.
func BenchmarkE7Change(b *testing.B) {
	x, places, _ := indexed(100_000)
	var each []time.Duration
	version := int64(1)
	for i := 0; b.Loop(); i++ {
		p := places[i*7919%len(places)]
		version++
		p.Version = version
		switch i % 3 {
		case 0:
			p.Vacancy = schema.Vacancy{Status: schema.StatusTaken, ConfirmedAt: noon}
		case 1:
			p.Vacancy = schema.Vacancy{Status: schema.StatusAvailable, ConfirmedAt: noon}
		default:
			p.Vacancy.ConfirmedAt = noon.Add(time.Duration(i) * time.Millisecond)
		}
		start := time.Now()
		x.Put(p)
		each = append(each, time.Since(start))
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(quantile(each, 0.5)*1e6, "ours-µs")
	b.ReportMetric(5, "accept-µs")
	b.ReportMetric(0.5, "moonshot-µs")
}

func indexed(n int) (*allocator.Index, []schema.Place, schema.Need) {
	x, places := allocator.NewIndex(), stock(n)
	x.Reset(places)
	return x, places, askedMost()
}

// against measures ours and the limit in turn and reports a quantile of each. The limit runs as often in a turn as fits into the time of one of
// ours: a machine that is shared interrupts what is long, and would seem to slow ours alone.
func against(b *testing.B, q float64, ours, limit func(), accept, moonshot float64) {
	took := func(of func(), times int) time.Duration {
		start := time.Now()
		for range times {
			of()
		}
		return time.Since(start) / time.Duration(times)
	}
	took(ours, 1)
	took(limit, 1)
	times := max(1, int(took(ours, 3)/max(took(limit, 3), 1)))
	var mine, its []time.Duration
	for b.Loop() {
		mine, its = append(mine, took(ours, 1)), append(its, took(limit, times))
	}
	o, l := quantile(mine, q), quantile(its, q)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(o*1e6, "ours-µs")
	b.ReportMetric(l*1e6, "limit-µs")
	b.ReportMetric(o/l, "ratio")
	b.ReportMetric(accept, "accept")
	b.ReportMetric(moonshot, "moonshot")
}

func quantile(of []time.Duration, q float64) float64 {
	slices.Sort(of)
	return of[int(q*float64(len(of)-1))].Seconds()
}

// TestLimitsAnswerTheSame: a limit that answered something else would be no limit.
func TestLimitsAnswerTheSame(t *testing.T) {
	t.Parallel()
	places, need := stock(10_000), askedMost()
	all := reduced(places)
	if bits, structs := sifted(bitColumns(all), all, &need), scanned(all, &need); !slices.Equal(bits, structs) {
		t.Errorf("bits say %v, structs %v", bits, structs)
	}
	n := 0
	for i := range all {
		if all[i].passes(&need) {
			n++
		}
	}
	s := allocator.List(need, places, noon)
	if got := s.Fits.Len() + s.Check.Len() + s.Unconfirmed.Len(); got != n || n == 0 {
		t.Errorf("the engine passes %d places, the limits %d", got, n)
	}
}
