-- Puts a staged board in the place of the old one under a new epoch, all at once, and says so in the stream.
--
-- KEYS  1 meta  2 place  3 version  4 gone  5 stream  6 next place  7 next version
-- ARGV  1 term
--       2 the new epoch
--       3 how many places were staged
-- Gives {'ok', epoch}, {'superseded', the higher term}, or {'short', places found} when some of what was staged is no longer there.

local seen = redis.call('HGET', KEYS[1], 'term')
if tonumber(seen or 0) > tonumber(ARGV[1]) then
  return {'superseded', seen}
end
local count = tonumber(ARGV[3])
local found = math.min(redis.call('HLEN', KEYS[6]), redis.call('HLEN', KEYS[7]))
if found ~= count then
  return {'short', tostring(found)}
end

-- UNLINK first: RENAME onto a large hash would free it while everybody waits.
redis.call('UNLINK', KEYS[1], KEYS[2], KEYS[3], KEYS[4])
if count > 0 then
  redis.call('RENAME', KEYS[6], KEYS[2])
  redis.call('RENAME', KEYS[7], KEYS[3])
  redis.call('PERSIST', KEYS[2])
  redis.call('PERSIST', KEYS[3])
end
redis.call('HSET', KEYS[1], 'term', ARGV[1], 'epoch', ARGV[2], 'n', 0)

-- Trimmed, not deleted: a deleted stream could give an id again that a blocked reader is already past.
redis.call('XTRIM', KEYS[5], 'MAXLEN', 0)
redis.call('XADD', KEYS[5], '*', 'epoch', ARGV[2], 'n', 0, 'topic', 'epoch', 'id', '', 'version', 0, 'place', '', 'to', '')
return {'ok', ARGV[2]}
