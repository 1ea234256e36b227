-- ARGV: epoch, offset, tag, blob, marks of facts before this log time go, entries kept behind it, channel.
local m = redis.call('HMGET', M, 'epoch', 'top', 'floor', 'floor_tag', 'snapshot', 'expires', 'ops', 'size')
local offset = tonumber(ARGV[2])
if m[1] ~= ARGV[1] or offset <= tonumber(m[5]) or offset > tonumber(m[2]) then return 0 end
local floor = tonumber(m[3])
if offset < floor or tag_at(offset, floor, m[4]) ~= ARGV[3] then return 0 end
local before = redis.call('HMGET', S, '1o', '1t', '1b')
if before[1] then redis.call('HSET', S, '0o', before[1], '0t', before[2], '0b', before[3]) end
redis.call('HSET', S, '1o', ARGV[2], '1t', ARGV[3], '1b', ARGV[4])
lives(S, m[6])
local edge = offset - tonumber(ARGV[6])
if edge > floor then
  local tag = tag_at(edge, floor, m[4])
  local old = redis.call('XRANGE', L, '-', whole(edge) .. '-0')
  redis.call('XTRIM', L, 'MINID', '=', whole(edge + 1) .. '-0')
  redis.call('HSET', M, 'floor', whole(edge), 'floor_tag', tag,
    'ops', whole(m[7] - #old), 'size', whole(m[8] - size_of(old)))
end
local late = size_of(redis.call('XRANGE', L, whole(offset + 1) .. '-0', '+'))
redis.call('HSET', M, 'snapshot', ARGV[2], 'fresh', whole(late))
local facts = redis.call('HGETALL', F)
for i = 1, #facts, 2 do
  local at, ts = string.match(facts[i + 1], '^%d+ (%d+) (%d+)$')
  if tonumber(ts) < tonumber(ARGV[5]) and tonumber(at) <= offset then redis.call('HDEL', F, facts[i]) end
end
redis.call('PUBLISH', ARGV[7], 's\n' .. ARGV[2])
return 1
