-- Publishes entries under a term and an epoch, or nothing of them. With no entries it is the relay's sign of life.
-- Versions and terms are compared as Lua numbers: exact up to 2^53.
--
-- KEYS  1 meta  2 place  3 version  4 gone  5 stream
-- ARGV  1 term
--       2 epoch the relay believes in
--       3 how many entries the stream keeps, about
--       4 drained: Redis's clock in ms when the outbox held nothing that is not published by now; 0 when it still does
--       then six for each entry:
--         topic, id, version, version of the place's service, place as JSON ('' for a space: off the board), to
-- Gives {'ok', Redis's clock in ms}, {'superseded', the higher term} or {'lost', the epoch found}.

local meta = redis.call('HMGET', KEYS[1], 'term', 'epoch')
local seen, term = tonumber(meta[1] or 0), tonumber(ARGV[1])
if seen > term then
  return {'superseded', tostring(meta[1])}
end
if meta[2] ~= ARGV[2] then
  return {'lost', meta[2] or ''}
end
if seen < term then
  redis.call('HSET', KEYS[1], 'term', ARGV[1])
end

-- place says whether the version is newer than the place on the board and than its going off the board. A service's facts are part of each
-- of its places, so of one version the one with the newer service wins.
local function place(id, version, service, json)
  local gone = tonumber(redis.call('HGET', KEYS[4], id) or -1)
  if version <= gone then
    return false
  end
  local have = redis.call('HGET', KEYS[3], id)
  if have then
    local v, s = string.match(have, '^(%d+)%.(%d+)$')
    v, s = tonumber(v), tonumber(s)
    if version < v or (version == v and service <= s) then
      return false
    end
  end
  if gone >= 0 then
    redis.call('HDEL', KEYS[4], id)
  end
  redis.call('HSET', KEYS[2], id, json)
  return true
end

-- remove leaves the version behind, so that an older word that comes late cannot bring the place back.
local function remove(id, version, text)
  local have = redis.call('HGET', KEYS[3], id)
  if have and version < tonumber(string.match(have, '^%d+')) then
    return false
  end
  if version > tonumber(redis.call('HGET', KEYS[4], id) or -1) then
    redis.call('HSET', KEYS[4], id, text)
  end
  redis.call('HDEL', KEYS[2], id)
  return redis.call('HDEL', KEYS[3], id) == 1
end

for i = 5, #ARGV, 6 do
  local topic, id, version, service, json, to = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4], ARGV[i + 5]
  local tell = true
  if topic == 'space' and json == '' then
    tell = remove(id, tonumber(version), version)
  elseif topic == 'space' then
    tell = place(id, tonumber(version), tonumber(service), json)
    if tell then
      redis.call('HSET', KEYS[3], id, version .. '.' .. service)
    end
  end
  if tell then
    local n = redis.call('HINCRBY', KEYS[1], 'n', 1)
    redis.call('XADD', KEYS[5], 'MAXLEN', '~', ARGV[3], '*',
      'epoch', ARGV[2], 'n', n, 'topic', topic, 'id', id, 'version', version, 'place', json, 'to', to)
  end
end

if ARGV[4] ~= '0' then
  redis.call('HSET', KEYS[1], 'drained', ARGV[4])
end
local now = redis.call('TIME')
return {'ok', string.format('%d', now[1] * 1000 + math.floor(now[2] / 1000))}
