package allocator_test

import (
	"slices"
	"testing"
	"time"

	"haven/allocator"
)

// against measures ours and the limit in turn, so that whatever slows the machine slows both, and reports the medians, their ratio and the
// targets as `make bench` prints them.
func against(b *testing.B, ours, limit func(), accept, moonshot float64) {
	var mine, its []time.Duration
	ours()
	limit()
	for b.Loop() {
		start := time.Now()
		ours()
		mid := time.Now()
		limit()
		mine, its = append(mine, mid.Sub(start)), append(its, time.Since(mid))
	}
	o, l := median(mine), median(its)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(o*1e6, "ours-µs")
	b.ReportMetric(l*1e6, "limit-µs")
	b.ReportMetric(o/l, "ratio")
	b.ReportMetric(accept, "accept")
	b.ReportMetric(moonshot, "moonshot")
}

func median(of []time.Duration) float64 { return quantile(of, 0.5) }

func quantile(of []time.Duration, q float64) float64 {
	slices.Sort(of)
	return of[int(q*float64(len(of)-1))].Seconds()
}

func BenchmarkE1Search(b *testing.B) {
	for _, size := range []struct {
		name string
		n    int
	}{{"10k", 10_000}, {"100k", 100_000}} {
		b.Run(size.name, func(b *testing.B) {
			x := allocator.NewIndex()
			places := stock(size.n)
			x.Reset(places)
			need := askedMost()
			all := reduced(places)
			columns := bitColumns(all)
			against(b, func() { x.Search(need, noon).Fits.Top(20) }, func() { sifted(columns, all, &need) }, 20, 4)
		})
	}
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
