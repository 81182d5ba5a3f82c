package allocator

import (
	"testing"

	"pgregory.net/rapid"

	"haven/schema"
)

// genCircle is an area anywhere that is measurable, the corners included.
func genCircle() *rapid.Generator[schema.Area] {
	return rapid.Custom(func(t *rapid.T) schema.Area {
		return schema.Area{
			Lat: rapid.Float64Range(49, 61.5).Draw(t, "lat"), Lon: rapid.Float64Range(-14, 3).Draw(t, "lon"),
			RadiusKm: rapid.Float64Range(0.001, 200).Draw(t, "radius"), Located: true,
		}
	})
}

// TestLeastKmIsNoMore than the distance, down to a millimetre: no area is smaller.
func TestLeastKmIsNoMore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := genCircle().Draw(t, "a"), genCircle().Draw(t, "b")
		if rapid.Bool().Draw(t, "one latitude") {
			b.Lat = a.Lat
		} else if rapid.Bool().Draw(t, "one longitude") {
			b.Lon = a.Lon
		}
		if least, d := leastKm(a, b), schema.DistanceKm(a, b); least > d && least > 1e-6 {
			t.Fatalf("at least %v km, and the distance is %v", least, d)
		}
	})
}

// TestLiesIsTheFormulaAlone: the short way round it changes no answer, at the edges neither.
func TestLiesIsTheFormulaAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := genCircle().Draw(t, "a"), genCircle().Draw(t, "b")
		margin := rapid.Float64Range(0, 300).Draw(t, "margin")
		d := schema.DistanceKm(a, b)
		switch rapid.IntRange(0, 2).Draw(t, "edge") {
		case 1:
			margin = max(0, d+a.RadiusKm-b.RadiusKm)
		case 2:
			margin = max(0, d-a.RadiusKm-b.RadiusKm)
		}
		want := unsure
		switch {
		case d+a.RadiusKm <= b.RadiusKm+margin:
			want = inside
		case d-a.RadiusKm >= b.RadiusKm+margin:
			want = apart
		}
		if got := lies(a, b, margin); got != want {
			t.Fatalf("got %d, want %d", got, want)
		}
	})
}

// TestSegmentKm: it is no longer than to either end, runs the same both ways, and is nought on the line itself: within the slack that beside allows for.
func TestSegmentKm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, a, b := genCircle().Draw(t, "p"), genCircle().Draw(t, "a"), genCircle().Draw(t, "b")
		d := segmentKm(p, a, b)
		if d < 0 || d > schema.DistanceKm(p, a) || d > schema.DistanceKm(p, b) {
			t.Fatalf("%v km from the line, %v and %v from its ends", d, schema.DistanceKm(p, a), schema.DistanceKm(p, b))
		}
		if back := segmentKm(p, b, a); back-d > segmentSlackKm || d-back > segmentSlackKm {
			t.Fatalf("%v km one way, %v the other", d, back)
		}
		if long := schema.DistanceKm(p, a) + schema.DistanceKm(p, b); long < schema.DistanceKm(a, b)+1e-9 && d > segmentSlackKm {
			t.Fatalf("on the line, and %v km from it", d)
		}
		if at := segmentKm(a, a, b); at > segmentSlackKm {
			t.Fatalf("an end is %v km from the line", at)
		}
	})
}
