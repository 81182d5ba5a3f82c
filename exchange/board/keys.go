package board

// DefaultPrefix is the first part of every key.
const DefaultPrefix = "haven"

// keys are the names of all that Haven keeps in Redis. The braces put them in one hash slot of a cluster, so that a script can touch them
// together.
//
//	key                     type    holds                                        written by         lives
//	{p}:meta                hash    epoch; n, the newest entry's number; term,   publish, swap      for good
//	                                the highest seen; drained, Redis's clock in
//	                                ms when the outbox was last found empty
//	{p}:place               hash    space id → place as JSON                     publish, swap      while published
//	{p}:version             hash    space id → "version.version of its service"  publish, swap      while published
//	{p}:gone                hash    space id → version it went off the board at  publish            until the next epoch
//	{p}:stream              stream  epoch n topic id version place to            publish, swap      the last RelayConfig.Keep
//	{p}:next:EPOCH:place    hash    as place, of a rebuild under way             rebuild            until swap, or staged lapses
//	{p}:next:EPOCH:version  hash    as version, of a rebuild under way           rebuild            until swap, or staged lapses
type keys struct {
	meta, place, version, gone, stream, next string
}

func newKeys(prefix string) keys {
	slot := "{" + prefix + "}:"
	return keys{
		meta: slot + "meta", place: slot + "place", version: slot + "version", gone: slot + "gone", stream: slot + "stream",
		next: slot + "next:",
	}
}

// nextPlace and nextVersion carry the epoch, so that two relays that both think they must rebuild cannot mix what they stage.
func (k keys) nextPlace(epoch string) string   { return k.next + epoch + ":place" }
func (k keys) nextVersion(epoch string) string { return k.next + epoch + ":version" }
