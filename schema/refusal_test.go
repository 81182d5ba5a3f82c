package schema_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"haven/schema"
)

// refused says whether err is that refusal; an empty field is not looked at.
func refused(err error, kind schema.Kind, code, field string) bool {
	r, ok := schema.AsRefusal(err)
	return ok && r.Kind == kind && r.Code == code && (field == "" || r.Field == field) && r.Words != ""
}

func TestRefusalIsFoundInWrappedErrors(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("publish: %w", schema.Invalid("ref", "ref must be 1 to 40 characters"))
	if !refused(err, schema.KindInvalid, "invalid_field", "ref") {
		t.Errorf("not found in %v", err)
	}
	if !strings.Contains(err.Error(), "invalid_field (ref): ref must be") {
		t.Errorf("reads %q", err)
	}
	if got := schema.NotFound("hold").Error(); got != "not_found: There is no such hold here. Check the reference, or go back to the list." {
		t.Errorf("reads %q", got)
	}
	if _, ok := schema.AsRefusal(errors.New("disk full")); ok {
		t.Error("a fault was taken for a refusal")
	}
}
