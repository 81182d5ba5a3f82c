package exchange

import (
	"context"

	"haven/schema"
)

type reportArgs struct {
	Space  schema.SpaceID
	Report schema.Report
}

// Report is one tap on the manager's board: the same command as a feed's publish of one space, but what it contradicts is a refusal, so that
// the page can say who is affected and ask.
func (x *Exchange) Report(ctx context.Context, actor Actor, space schema.SpaceID, report schema.Report) (SpaceOutcome, error) {
	return command(ctx, x, actor, "report", reportArgs{space, report}, func(tx Tx) (SpaceOutcome, error) {
		spaces, now, err := lock(tx, space)
		if err != nil {
			return SpaceOutcome{}, err
		}
		sp := spaces[0]
		if sp.Provider != actor.Organisation {
			return SpaceOutcome{}, schema.NotFound("space")
		}
		if err := report.Check(now); err != nil {
			return SpaceOutcome{}, err
		}
		service, err := tx.Service(sp.Service)
		if err != nil {
			return SpaceOutcome{}, err
		}
		var out []SpaceOutcome
		err = tx.Try(func() error {
			reports := []SpaceReport{{Ref: sp.Space.Ref, Report: report}}
			out, err = applyReports(tx, actor, service, reports, map[string]SpaceNow{sp.Space.Ref: sp}, now)
			return err
		})
		if err != nil {
			return SpaceOutcome{}, err
		}
		if o := out[0]; o.Code != "" {
			return o, &schema.Refusal{Kind: schema.KindStale, Code: o.Code, Words: o.Words, Claim: o.Claim}
		}
		return out[0], nil
	})
}
