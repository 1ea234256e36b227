-- ARGV: room, epoch, top, new epoch, blob, secret, channel. KEYS[9]: the rooms whose contents are due.
local m = redis.call('HMGET', M, 'epoch', 'top', 'expires')
if m[1] ~= ARGV[2] or m[2] ~= ARGV[3] then return 0 end
local tag = string.sub(redis.sha1hex(ARGV[6] .. ARGV[4]), 1, 12)
redis.call('DEL', L, D, F, T, S)
redis.call('HSET', S, '1o', ARGV[3], '1t', tag, '1b', ARGV[5])
lives(S, m[3])
redis.call('HSET', M, 'epoch', ARGV[4], 'tag', tag, 'content_expires', '', 'floor', ARGV[3], 'floor_tag', tag,
  'forgotten', ARGV[3], 'snapshot', ARGV[3], 'ops', 0, 'size', 0, 'fresh', 0, 'secret', ARGV[6])
redis.call('ZREM', KEYS[9], ARGV[1])
redis.call('PUBLISH', ARGV[7], 'f\n' .. ARGV[4])
return 1
