-- ARGV: room, what was there: epoch ('' for nothing), top, tag; a new epoch, offset, tag, ts, blob, secret,
-- expires, contents, channel, forgotten, how many marks, (author, n, offset) of each, (key, value) of each key.
-- KEYS[9], KEYS[10]: the lives and the dues of all rooms; KEYS[11]: the grave.
local m = redis.call('HMGET', M, 'epoch', 'top', 'tag', 'state')
if ARGV[2] == '' then
  if m[1] or redis.call('EXISTS', KEYS[11]) == 1 then return 0 end
elseif m[1] ~= ARGV[2] or m[2] ~= ARGV[3] or m[3] ~= ARGV[4] or m[4] ~= 'open' then
  return 0
end
local offset, tag, ts, expires = ARGV[6], ARGV[7], ARGV[8], ARGV[11]
redis.call('DEL', L, D, F, T, S, K)
redis.call('HSET', S, '1o', offset, '1t', tag, '1b', ARGV[9])
local tabs, rest = {}, 16 + 3 * ARGV[15]
for i = 16, rest - 1, 3 do
  local author = ARGV[i]
  redis.call('HSET', D, author, ARGV[i + 1] .. ' ' .. ARGV[i + 2] .. ' ' .. ts)
  local member = string.match(author, '^[^:]*')
  tabs[member] = tabs[member] or {}
  table.insert(tabs[member], author)
end
for member, authors in pairs(tabs) do redis.call('HSET', T, member, cmsgpack.pack(authors)) end
for i = rest, #ARGV, 2 do redis.call('HSET', K, ARGV[i], ARGV[i + 1]) end
redis.call('HSET', M, 'epoch', ARGV[5], 'top', offset, 'tag', tag, 'ts', ts, 'state', 'open',
  'expires', expires, 'content_expires', ARGV[12], 'floor', offset, 'floor_tag', tag, 'forgotten', ARGV[14],
  'snapshot', offset, 'ops', 0, 'size', 0, 'fresh', 0, 'secret', ARGV[10])
redis.call('ZADD', KEYS[9], expires, ARGV[1])
redis.call('ZADD', KEYS[10], ARGV[12], ARGV[1])
all_live(expires)
redis.call('PUBLISH', ARGV[13], 'f\n' .. ARGV[5])
return 1
