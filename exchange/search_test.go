package exchange_test

import (
	"context"
	"testing"
	"time"

	"haven/schema"
)

// TestEverySearchIsRecorded: a busy moment is many batches, and a process that is told to stop writes them all.
func TestEverySearchIsRecorded(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	const searches = 1_201
	for range searches {
		if _, err := w.x.Search(w.worker, schema.Need{Household: schema.Household{Adults: []schema.Adult{{As: schema.Woman}}}}, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := w.x.RecordSearches(stopped, w.db, time.Hour, func(err error) { t.Error(err) }); err != nil {
		t.Fatal(err)
	}
	var kept int
	if err := w.owner.QueryRow(`SELECT count(*) FROM search_count WHERE organisation_id = $1`, w.worker.Organisation).Scan(&kept); err != nil {
		t.Fatal(err)
	}
	if kept != searches {
		t.Errorf("%d of %d searches are recorded", kept, searches)
	}
}
