package exchange

import (
	"context"

	"haven/schema"
)

type dutyArgs struct {
	Organisation schema.OrganisationID
	Number       string
}

// PutDutyNumber keeps the number of those on duty at an organisation, whom texts about its waiting requests go to; empty takes it away. It is shown
// nowhere and stands in no event: the record cannot be erased.
func (x *Exchange) PutDutyNumber(ctx context.Context, actor Actor, organisation schema.OrganisationID, number string) error {
	_, err := command(ctx, x, actor, "put_duty_number", dutyArgs{organisation, number}, func(tx Tx) (struct{}, error) {
		if err := tx.PutDutyNumber(organisation, number); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, tx.Record(Event{What: "duty_number_put", Subject: string(organisation), Body: map[string]any{"set": number != ""}})
	})
	return err
}
