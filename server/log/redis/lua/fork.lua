-- ARGV: the epoch whose end was lost, a new one, channel. Answers the epoch that holds now, '' without a room.
local epoch = redis.call('HGET', M, 'epoch')
if not epoch then return '' end
if epoch ~= ARGV[1] then return epoch end
redis.call('HSET', M, 'epoch', ARGV[2])
redis.call('PUBLISH', ARGV[3], 'f\n' .. ARGV[2])
return ARGV[2]
