package notifier

// Codes say why a message stands where it stands. They are kept and shown to people, so a code, once used, is permanent. A provider's
// own code ("21610", "http_404") stands unchanged where it gave one.
const (
	CodeWorkerLost   = "worker_lost"   // the worker fell silent during the request
	CodeNoAnswer     = "no_answer"     // the request was written and no usable answer came
	CodeNotFound     = "not_found"     // the provider was asked and did not list it
	CodeLookFailed   = "look_failed"   // the provider could not be asked
	CodeOutOfTime    = "out_of_time"   // NotAfter passed
	CodeTooEarly     = "too_early"     // NotBefore has not come
	CodeNoWording    = "no_wording"    // no wording of that code, or it cannot be written with these values
	CodeBadNumber    = "bad_number"    // not a mobile number of the United Kingdom, Guernsey, Jersey or the Isle of Man
	CodeMoot         = "moot"          // what it asks for is already settled
	CodeNotDuty      = "not_duty"      // not, or no longer, a duty number of that service
	CodeOutsideWork  = "outside_work"  // can wait for working hours
	CodeNoPermission = "no_permission" // no permission recorded for that number, or for another one only
	CodeNotCurrent   = "not_current"   // the permission ran out, or was never limited in time
	CodeNotWording   = "not_wording"   // the permission does not name these words
	CodeNotWindow    = "not_window"    // the permission does not cover this time of day
)
