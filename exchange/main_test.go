package exchange_test

import (
	"testing"

	"haven/schema/ledger/ledgertest"
)

func TestMain(m *testing.M) { ledgertest.Main(m) }
