-- ARGV: this server, who has a line to it (JSON, '' when it leaves the room), how names of leases begin.
-- Answers {epoch, top, tag, {server, who, ...}}, or false without a room. Servers whose lease is over are
-- struck off: nobody is connected through them.
local m = redis.call('HMGET', M, 'epoch', 'top', 'tag', 'expires')
if not m[1] then return false end
if ARGV[2] == '' then
  redis.call('HDEL', P, ARGV[1])
else
  redis.call('HSET', P, ARGV[1], ARGV[2])
  lives(P, m[4])
end
local there = redis.call('HGETALL', P)
local alive = {}
for i = 1, #there, 2 do
  if redis.call('EXISTS', ARGV[3] .. there[i]) == 1 then
    alive[#alive + 1] = there[i]
    alive[#alive + 1] = there[i + 1]
  else
    redis.call('HDEL', P, there[i])
  end
end
return {m[1], m[2], m[3], alive}
