-- ARGV: room, epoch, expires, secret, clock. KEYS[9]: the lives of all rooms.
if redis.call('EXISTS', M) == 1 then return 0 end
local room, epoch, expires, secret = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local tag = string.sub(redis.sha1hex(secret .. epoch), 1, 12)
redis.call('DEL', L, D, F, T, S, K, P)
redis.call('HSET', M, 'epoch', epoch, 'top', 0, 'tag', tag, 'ts', whole(clock(ARGV[5])), 'state', 'open',
  'expires', expires, 'content_expires', '', 'floor', 0, 'floor_tag', tag, 'forgotten', 0, 'snapshot', -1,
  'ops', 0, 'size', 0, 'fresh', 0, 'secret', secret)
lives(M, expires)
redis.call('ZADD', KEYS[9], expires, room)
return 1
