package schema_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"haven/schema"
)

func date(t testing.TB, s string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAgeOnWithDateOfBirth(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		born, day string
		want      int
	}{
		{"2016-03-27", "2026-03-26", 9},
		{"2016-03-27", "2026-03-27", 10},
		{"2016-02-29", "2026-02-28", 9}, // born on a leap day: a year older on 1 March
		{"2016-02-29", "2026-03-01", 10},
		{"2016-02-29", "2028-02-28", 11},
		{"2016-02-29", "2028-02-29", 12},
		{"2026-11-21", "2026-11-21", 0},
	} {
		child := schema.Child{Age: 3, Born: c.born} // the date outweighs what was said
		youngest, oldest := child.AgeOn(date(t, c.day), date(t, "2026-01-01"))
		if youngest != c.want || oldest != c.want {
			t.Errorf("born %s, on %s: %d to %d, want %d", c.born, c.day, youngest, oldest, c.want)
		}
	}
}

func TestAgeOnWithoutDateOfBirth(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		said, day        string
		youngest, oldest int
	}{
		{"2026-03-10", "2026-03-10", 9, 9},
		{"2026-03-10", "2026-03-09", 9, 9},
		{"2026-03-10", "2026-03-11", 9, 10},
		{"2026-03-10", "2027-03-09", 9, 10}, // nine since the day it was said, or ten the day after
		{"2026-03-10", "2027-03-10", 10, 10},
		{"2026-03-10", "2027-03-11", 10, 11},
		{"2028-02-28", "2028-02-29", 9, 10},
		{"2028-02-29", "2028-03-01", 9, 10},
		{"2028-02-29", "2029-02-28", 9, 10},
		{"2028-02-29", "2029-03-01", 10, 11}, // eleven, if she turned ten on 1 March 2028
		{"2026-03-10", "2036-03-11", 19, 20}, // three leap days on the way
	} {
		youngest, oldest := schema.Child{Age: 9}.AgeOn(date(t, c.day), date(t, c.said))
		if youngest != c.youngest || oldest != c.oldest {
			t.Errorf("said on %s, on %s: %d to %d, want %d to %d", c.said, c.day, youngest, oldest, c.youngest, c.oldest)
		}
	}
}

// Ages count dates: said late in the evening, the next morning is another day, and so is the day after a night of 23 hours.
func TestAgeOnCountsDates(t *testing.T) {
	t.Parallel()
	said := time.Date(2026, 3, 28, 23, 30, 0, 0, time.UTC)
	for _, day := range []time.Time{said.Add(time.Hour), said.Add(23 * time.Hour)} {
		if youngest, oldest := (schema.Child{Age: 15}).AgeOn(day, said); youngest != 15 || oldest != 16 {
			t.Errorf("on %s: %d to %d, want 15 to 16: it may have been her last day of 15", day, youngest, oldest)
		}
	}
	if youngest, oldest := (schema.Child{Age: 15}).AgeOn(said, said.Add(-20*time.Hour)); youngest != 15 || oldest != 15 {
		t.Errorf("later the same day: %d to %d, want 15", youngest, oldest)
	}
}

func TestAgeOnNotYetSaid(t *testing.T) {
	t.Parallel()
	if youngest, oldest := (schema.Child{Age: 4}).AgeOn(date(t, "2026-11-21"), time.Time{}); youngest != 4 || oldest != 4 {
		t.Errorf("never said: %d to %d, want 4: it is being said now", youngest, oldest)
	}
}

// Whatever her birthday, the true age on a later day lies between youngest and oldest, and both can be true.
func TestAgeOnHoldsTheTrueAge(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
		born := start.AddDate(0, 0, rapid.IntRange(-6000, 2000).Draw(t, "born"))
		said := born.AddDate(0, 0, rapid.IntRange(0, 6000).Draw(t, "said after"))
		day := said.AddDate(0, 0, rapid.IntRange(0, 1500).Draw(t, "later"))
		known := schema.Child{Born: born.Format(time.DateOnly)}
		age, _ := known.AgeOn(said, said)
		truth, _ := known.AgeOn(day, said)
		youngest, oldest := schema.Child{Age: age}.AgeOn(day, said)
		if truth < youngest || truth > oldest {
			t.Fatalf("born %s, %d on %s: %d on %s, said to be %d to %d", born, age, said, truth, day, youngest, oldest)
		}
		if oldest-youngest > 1 {
			t.Fatalf("%d to %d is wider than a year", youngest, oldest)
		}
	})
}
