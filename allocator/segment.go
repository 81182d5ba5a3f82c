package allocator

import (
	"math"

	"haven/schema"
)

// segmentSlackKm bounds by how much segmentKm and schema.DistanceKm can be out through rounding: the tests find less than a millionth of it.
// A place within it of an edge is unsure.
const segmentSlackKm = 0.001

// beside says how area a lies to a route: the shortest line between the middles of two areas, as wide to either side as the larger of them and
// the margin. It is S4's formula with d the distance from the middle of a to that line. Anything that is not known is unsure.
func beside(a schema.Area, r schema.Route) position {
	margin := r.MarginKm()
	if !measurable(a) || !measurable(r.From) || !measurable(r.To) || !(margin >= 0) {
		return unsure
	}
	half := max(r.From.RadiusKm, r.To.RadiusKm) + margin
	d := segmentKm(a, r.From, r.To)
	switch {
	case d+a.RadiusKm+segmentSlackKm <= half:
		return inside
	case d-a.RadiusKm-segmentSlackKm >= half:
		return apart
	}
	return unsure
}

// segmentKm is the distance from the middle of p to the great circle's shorter arc between the middles of a and b, on the sphere of
// schema.DistanceKm: no flat map, so nothing to be out by at either end of these islands.
func segmentKm(p, a, b schema.Area) float64 {
	nearest := math.Min(schema.DistanceKm(p, a), schema.DistanceKm(p, b))
	u, v, w := towards(a), towards(b), towards(p)
	n := u.cross(v) // the pole of the great circle
	size := math.Sqrt(n.dot(n))
	if size == 0 || n.cross(u).dot(w) <= 0 || n.cross(v).dot(w) >= 0 {
		return nearest // no arc, or p lies behind one of its ends
	}
	// The sine of the angle above the great circle; the unit of length is the radius that schema.DistanceKm measures with.
	return math.Min(nearest, radiusKm*math.Asin(math.Min(1, math.Abs(n.dot(w))/size)))
}

// radiusKm of the sphere: the mean radius of the earth (IUGG), as in schema.DistanceKm.
const radiusKm = 6371.0088

// vector is a direction from the middle of the earth.
type vector struct{ x, y, z float64 }

func towards(a schema.Area) vector {
	const rad = math.Pi / 180
	lat, lon := a.Lat*rad, a.Lon*rad
	return vector{math.Cos(lat) * math.Cos(lon), math.Cos(lat) * math.Sin(lon), math.Sin(lat)}
}

func (v vector) dot(w vector) float64 { return v.x*w.x + v.y*w.y + v.z*w.z }

func (v vector) cross(w vector) vector {
	return vector{v.y*w.z - v.z*w.y, v.z*w.x - v.x*w.z, v.x*w.y - v.y*w.x}
}
