-- ARGV: 'put' or 'del', key, value, channel, by which server.
if redis.call('EXISTS', M) == 0 then return 0 end
if ARGV[1] == 'del' then
  if redis.call('HDEL', K, ARGV[2]) == 0 then return 0 end
  redis.call('PUBLISH', ARGV[4], 'd\n' .. ARGV[5] .. '\n' .. ARGV[2])
  return 1
end
redis.call('HSET', K, ARGV[2], ARGV[3])
lives(K, redis.call('HGET', M, 'expires'))
redis.call('PUBLISH', ARGV[4], 'k\n' .. ARGV[5] .. '\n' .. ARGV[2] .. '\n' .. ARGV[3])
return 1
