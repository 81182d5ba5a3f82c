package feed

import "time"

// Subprotocol is the version both sides must name in the handshake.
const Subprotocol = "haven.feed.v1"

// CloseCode is how a session ends. The table, with the words that people act on, is CloseCodes.
type CloseCode int

const (
	CloseProtocol  CloseCode = 1002
	CloseBinary    CloseCode = 1003
	CloseNotUTF8   CloseCode = 1007
	CloseRestart   CloseCode = 1012
	CloseBusy      CloseCode = 1013
	CloseBadFrames CloseCode = 4400
	CloseUnknown   CloseCode = 4401
	CloseRevoked   CloseCode = 4403
	CloseHeartbeat CloseCode = 4408
	CloseTakenOver CloseCode = 4409
	CloseTooLarge  CloseCode = 4413
	CloseTooMany   CloseCode = 4429
	CloseSlow      CloseCode = 4503
	// left: the peer went by itself, so nobody is there to read a code.
	left CloseCode = 0
)

// CloseRow is one row of the table of close codes.
type CloseRow struct {
	Code  CloseCode
	Name  string // permanent, also the code of the bye before the close
	Words string
	// After is how long to wait at least before connecting again. Never says that connecting again without a change is of no use.
	After time.Duration
	Never bool
}

// CloseCodes lists every way Haven closes a session. asyncapi.yaml repeats it; a test compares the two.
func CloseCodes() []CloseRow {
	return []CloseRow{
		{Code: CloseProtocol, Name: "protocol", Words: "What came over the line is not WebSocket. Check the library that sends.", After: 5 * time.Second},
		{Code: CloseBinary, Name: "binary", Words: "Messages are JSON in text frames. Binary frames are not read.", Never: true},
		{Code: CloseNotUTF8, Name: "not_utf8", Words: "A frame was not UTF-8. Send text as UTF-8.", Never: true},
		{Code: CloseRestart, Name: "restart", Words: "Haven is being restarted. Connect again after the time given; what was not answered is safe to send again.", After: 2 * time.Second},
		{Code: CloseBusy, Name: "busy", Words: "Haven's record cannot be reached at the moment. Connect again after the time given.", After: 5 * time.Second},
		{Code: CloseBadFrames, Name: "bad_frames", Words: "Too many frames could not be read. The nacks before this say why.", After: time.Minute},
		{Code: CloseUnknown, Name: "unknown_key", Words: "This key is not known any more. Ask for a new one.", Never: true},
		{Code: CloseRevoked, Name: "revoked", Words: "This key has been revoked. Ask for a new one.", Never: true},
		{Code: CloseHeartbeat, Name: "heartbeat", Words: "Nothing was heard for too long. Answer pings, and connect again.", After: time.Second},
		{Code: CloseTakenOver, Name: "taken_over", Words: "A newer connection with this key took over. Give every system a key of its own.", Never: true},
		{Code: CloseTooLarge, Name: "too_large", Words: "A frame was larger than hello allows. Send fewer spaces a message, or a snapshot in parts.", After: 5 * time.Second},
		{Code: CloseTooMany, Name: "too_many", Words: "More messages a second than hello allows. Slow down, and connect again after the time given.", After: 5 * time.Second},
		{Code: CloseSlow, Name: "slow", Words: "What Haven sent was not read in time. Read while you send, and connect again.", After: time.Second},
	}
}

func closeRow(code CloseCode) CloseRow {
	for _, row := range CloseCodes() {
		if row.Code == code {
			return row
		}
	}
	return CloseRow{Code: code, Name: "closed", After: time.Second}
}

// NackRow is one row of the table of nack codes. Final: the number is answered with it for ever. Otherwise nothing was kept, and the same
// number is to be sent again.
type NackRow struct {
	Code  string
	Final bool
	Words string
}

// Nack codes that this package gives itself. Those of the exchange pass through as they are.
const (
	codeNotJSON        = "not_json"
	codeBadSeq         = "bad_seq"
	codeTooMany        = "too_many"
	codeBusy           = "busy"
	codeUnknownType    = "unknown_type"
	codeUnknownField   = "unknown_field"
	codeDuplicateField = "duplicate_field"
	codeWrongType      = "wrong_type"
	codeMissingField   = "missing_field"
	codeSnapshotPart   = "snapshot_part"
	codeFault          = "fault"
)

// NackCodes lists the codes a nack can carry. asyncapi.yaml repeats it; a test compares the two.
func NackCodes() []NackRow {
	return []NackRow{
		{Code: codeNotJSON, Words: "The frame is not one JSON object, so no number was used up."},
		{Code: codeBadSeq, Words: "seq is missing, not a whole number from 1, or given twice, so no number was used up."},
		{Code: codeTooMany, Words: "More messages a second than hello allows; the frame was not read."},
		{Code: codeBusy, Words: "Haven's record could not be reached. Send the same number again."},
		{Code: "gap", Words: "A number was left out. Send the missing ones first."},
		{Code: "fenced", Words: "A newer connection with this key took over. Nothing was done; a close with 4409 follows."},
		{Code: "revoked", Words: "The key was revoked. Nothing was done; a close with 4403 follows."},
		{Code: codeUnknownType, Final: true, Words: "type is none of publish, snapshot, confirm, answer."},
		{Code: codeUnknownField, Final: true, Words: "The message has a field that its type does not have."},
		{Code: codeDuplicateField, Final: true, Words: "The message gives a field twice."},
		{Code: codeWrongType, Final: true, Words: "A field has a value of the wrong type."},
		{Code: codeMissingField, Final: true, Words: "A field that the message needs is missing."},
		{Code: codeSnapshotPart, Final: true, Words: "The parts of a snapshot did not come in order, or disagree."},
		{Code: codeFault, Final: true, Words: "Haven could not apply the message because of a fault of its own. Nothing was done."},
		{Code: "invalid_field", Final: true, Words: "A field has a value that cannot be true; field says which."},
		{Code: "not_found", Final: true, Words: "There is no such service or hold for this key."},
		{Code: "drop_unconfirmed", Final: true, Words: "The snapshot leaves out more than half of the published spaces without drop_confirmed."},
		{Code: "hold_ended", Final: true, Words: "The hold had ended before the answer came. Nothing was changed."},
		{Code: "answered", Final: true, Words: "The hold was already answered otherwise. Call the helpline to change it."},
		{Code: "confirm_area", Final: true, Words: "A yes to this hold needs area_confirmed: true."},
	}
}
