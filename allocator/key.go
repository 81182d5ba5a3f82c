package allocator

import (
	"encoding/binary"
	"math"
	"time"

	"haven/schema"
)

// circle is all of an area that distances turn on. Every area that is not measurable is the zero circle: none of them is told from another.
type circle struct{ lat, lon, radius float64 }

func circleOf(a schema.Area) circle {
	if !measurable(a) {
		return circle{}
	}
	return circle{a.Lat, a.Lon, a.RadiusKm}
}

// named is an area where its name counts too (same).
type named struct {
	kind         schema.AreaKind
	code, region string
	circle
}

func namedOf(a schema.Area) named { return named{a.Kind, a.Code, a.Region, circleOf(a)} }

// keyed puts together a rule's key from a list. Each part is written in full or behind its length, so that two lists never read as one.
type keyed []byte

func (k *keyed) number(f float64) *keyed {
	*k = binary.BigEndian.AppendUint64(*k, math.Float64bits(f))
	return k
}

func (k *keyed) text(s string) *keyed {
	*k = append(binary.AppendUvarint(*k, uint64(len(s))), s...)
	return k
}

func (k *keyed) circle(c circle) *keyed { return k.number(c.lat).number(c.lon).number(c.radius) }

func (k *keyed) named(a named) *keyed {
	return k.text(string(a.kind)).text(a.code).text(a.region).circle(a.circle)
}

func (k keyed) String() string { return string(k) }

// agesKey is all that the ages of children on arrival turn on, for a place that is ready at a known hour. Empty where there are none.
func agesKey(n *schema.Need) string {
	if len(n.Household.Children) == 0 {
		return ""
	}
	var k keyed
	k.number(float64(hour(n.ArriveBy).Unix()))
	said := ""
	if !n.SaidAt.IsZero() {
		said = n.SaidAt.Format(time.DateOnly) // the date it had where it was said
	}
	k.text(said)
	for _, c := range n.Household.Children {
		k.number(float64(c.Age)).text(c.Born).text(string(c.Sex))
	}
	return k.String()
}

// hour that a time lies in. The date of a time, and of one an hour later (question.age), turns on nothing finer.
func hour(t time.Time) time.Time { return t.UTC().Truncate(time.Hour) }

// atHome is all of its kind that most rules turn on.
func atHome(p *schema.Place) bool {
	kind, _ := schema.ProvisionOf(p.Service.Provision)
	return kind.Slot
}
