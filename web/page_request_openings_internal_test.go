package web

import (
	"testing"

	"haven/allocator"
)

func TestWhatWouldOpenPlacesInWords(t *testing.T) {
	t.Parallel()
	rows := changesOf([]allocator.Opening{
		{Code: "must_regions", Words: "If other areas are all right", Fits: 7, Regions: []allocator.OpeningRegion{{Region: "Yorkshire and the Humber", Places: 5}, {Region: "Wales", Places: 2}}},
		{Code: "pet", Words: "If the pet is looked after elsewhere", Fits: 2, Check: 1},
		{Code: "kinds", Words: "If other kinds of place are all right", Check: 1},
		{Code: "settle", Words: "d", Fits: 1, Offer: "settle"},
		{Code: "day_later", Words: "e", Fits: 1},
	})
	want := []openingRow{
		{"must_regions", "If other areas are all right: 7 spaces (Yorkshire and the Humber 5, Wales 2)", false},
		{"pet", "If the pet is looked after elsewhere: 2 spaces, and 1 to check first", false},
		{"kinds", "If other kinds of place are all right: 1 space to check first", false},
		{"settle", "d: 1 space", true},
	}
	if len(rows) != len(want) {
		t.Fatalf("%d rows", len(rows))
	}
	for i := range want {
		if rows[i] != want[i] {
			t.Errorf("row %d: %+v, want %+v", i, rows[i], want[i])
		}
	}
	if changesOf(nil) != nil {
		t.Error("nothing opens, and something is said")
	}
}
