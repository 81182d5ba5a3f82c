-- Tells where the stream is, and how long ago nothing was left to publish.
--
-- KEYS  1 meta  2 stream
-- Gives {epoch ('' when there is no board), n, id of the newest entry, age in ms of drained (-1 when it never was)}, all as strings.

local meta = redis.call('HMGET', KEYS[1], 'epoch', 'n', 'drained')
local newest = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)
local age = -1
if meta[3] then
  local now = redis.call('TIME')
  age = math.max(0, now[1] * 1000 + math.floor(now[2] / 1000) - tonumber(meta[3]))
end
return {meta[1] or '', meta[2] or '0', newest[1] and newest[1][1] or '0-0', string.format('%d', age)}
