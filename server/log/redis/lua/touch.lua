-- ARGV: room, expires, contents ('' for never). KEYS[9], KEYS[10]: the lives and the dues of all rooms.
if redis.call('HGET', M, 'state') ~= 'open' then return 0 end
redis.call('HSET', M, 'expires', ARGV[2], 'content_expires', ARGV[3])
redis.call('ZADD', KEYS[9], ARGV[2], ARGV[1])
if ARGV[3] == '' then
  redis.call('ZREM', KEYS[10], ARGV[1])
else
  redis.call('ZADD', KEYS[10], ARGV[3], ARGV[1])
end
all_live(ARGV[2])
return 1
