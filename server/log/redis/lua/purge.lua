-- ARGV: room, only if its life was over by this wall clock ('' for now), how long its grave stays, channel.
-- KEYS[9], KEYS[10]: the lives and the dues of all rooms; KEYS[11]: the grave.
local expires = redis.call('HGET', M, 'expires')
if ARGV[2] ~= '' and expires and tonumber(expires) > tonumber(ARGV[2]) then
  redis.call('ZADD', KEYS[9], expires, ARGV[1])
  return 0
end
local listed = redis.call('ZREM', KEYS[9], ARGV[1])
redis.call('ZREM', KEYS[10], ARGV[1])
if not expires then
  if ARGV[2] ~= '' then return listed end -- its keys went by themselves
  return 0
end
redis.call('DEL', M, L, D, F, T, S, K, P)
redis.call('SET', KEYS[11], '', 'PX', ARGV[3])
redis.call('PUBLISH', ARGV[4], 'g')
return 1
