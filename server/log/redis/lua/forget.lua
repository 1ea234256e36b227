-- ARGV: epoch, offset, tag, blob, secret, channel. What was said up to the offset is nowhere afterwards.
local m = redis.call('HMGET', M, 'epoch', 'top', 'floor', 'floor_tag', 'snapshot', 'expires', 'forgotten')
if m[1] ~= ARGV[1] then return 0 end
local offset, floor = tonumber(ARGV[2]), tonumber(m[3])
if offset <= tonumber(m[7]) then return 1 end
if offset > tonumber(m[2]) then return 0 end
if offset >= floor and tag_at(offset, floor, m[4]) ~= ARGV[3] then return 0 end
local before = redis.call('HMGET', S, '0o', '1o')
if before[1] and tonumber(before[1]) <= offset then redis.call('HDEL', S, '0o', '0t', '0b') end
if not before[2] or tonumber(before[2]) <= offset then
  redis.call('DEL', S)
  redis.call('HSET', S, '1o', ARGV[2], '1t', ARGV[3], '1b', ARGV[4])
  lives(S, m[6])
end
local newest = math.max(tonumber(m[5]), offset)
if offset >= floor then floor, m[4] = offset, ARGV[3] end
-- a trimmed stream keeps the bytes of what it dropped within its nodes: a new one has none of them
local kept = redis.call('XRANGE', L, whole(floor + 1) .. '-0', '+')
redis.call('DEL', L)
local late = 0
for _, entry in ipairs(kept) do
  redis.call('XADD', L, entry[1], unpack(entry[2]))
  if tonumber(string.match(entry[1], '^%d+')) > newest then late = late + #entry[2][10] end
end
lives(L, m[6])
redis.call('HSET', M, 'floor', whole(floor), 'floor_tag', m[4], 'forgotten', ARGV[2], 'secret', ARGV[5],
  'snapshot', whole(newest), 'ops', #kept, 'size', whole(size_of(kept)), 'fresh', whole(late))
redis.call('PUBLISH', ARGV[6], 's\n' .. ARGV[2])
return 1
