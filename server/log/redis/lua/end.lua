-- ARGV: room, until. KEYS[9], KEYS[10]: the lives and the dues of all rooms.
if redis.call('EXISTS', M) == 0 then return 0 end
redis.call('HSET', M, 'state', 'ended', 'expires', ARGV[2], 'content_expires', '')
redis.call('ZADD', KEYS[9], ARGV[2], ARGV[1])
redis.call('ZREM', KEYS[10], ARGV[1])
all_live(ARGV[2])
return 1
