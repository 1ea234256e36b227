-- ARGV: epoch, author, n, p ('' for none), body, most ops, most bytes, clock, channel.
-- Answers {'ok', offset, ts, tag}, {'dup', offset}, {'gap', n}, {'epoch', epoch}, {'gone'}, {'full'}.
local author, body = ARGV[2], ARGV[5]
local m = redis.call('HMGET', M, 'epoch', 'top', 'tag', 'ts', 'state', 'snapshot', 'fresh', 'secret', 'ops', 'expires',
  'size')
if m[5] ~= 'open' then return {'gone'} end
if m[1] ~= ARGV[1] then return {'epoch', m[1]} end
local fact = string.sub(author, 1, 4) == 'sys:'
local marks = fact and F or D
local last, there = 0, '0'
local mark = redis.call('HGET', marks, author)
if mark then
  last, there = string.match(mark, '^(%d+) (%d+)')
  last = tonumber(last)
end
if tonumber(ARGV[3]) <= last then return {'dup', there} end
if ARGV[4] ~= '' and tonumber(ARGV[4]) > last then return {'gap', whole(last)} end
local top, fresh = tonumber(m[2]), tonumber(m[7])
if top - math.max(tonumber(m[6]), 0) >= tonumber(ARGV[6]) or fresh + #body > tonumber(ARGV[7]) then
  return {'full'}
end
local offset = whole(top + 1)
local ts = whole(math.max(clock(ARGV[8]), tonumber(m[4])))
local tag = string.sub(
  redis.sha1hex(m[8] .. m[3] .. '|' .. ts .. '|' .. author .. '|' .. ARGV[3] .. '|' .. body), 1, 12)
if not mark and not fact then
  -- the tab longest silent drops when a member has one too many
  local member = string.match(author, '^[^:]*')
  local packed = redis.call('HGET', T, member)
  local tabs = packed and cmsgpack.unpack(packed) or {}
  local most = 20
  while #tabs >= most do
    local oldest, at = 1, math.huge
    for i, tab in ipairs(tabs) do
      local o = tonumber(string.match(redis.call('HGET', D, tab) or '0 0', '^%d+ (%d+)'))
      if o < at then oldest, at = i, o end
    end
    redis.call('HDEL', D, tabs[oldest])
    table.remove(tabs, oldest)
  end
  tabs[#tabs + 1] = author
  redis.call('HSET', T, member, cmsgpack.pack(tabs))
end
redis.call('XADD', L, offset .. '-0', 't', tag, 'ts', ts, 'a', author, 'n', ARGV[3], 'b', body)
redis.call('HSET', marks, author, ARGV[3] .. ' ' .. offset .. ' ' .. ts)
redis.call('HSET', M, 'top', offset, 'tag', tag, 'ts', ts, 'fresh', whole(fresh + #body), 'ops', whole(m[9] + 1),
  'size', whole(m[11] + #body))
if m[9] == '0' then lives(L, m[10]) end
if not mark then
  lives(marks, m[10])
  lives(T, m[10])
end
redis.call('PUBLISH', ARGV[9],
  'e\n' .. m[1] .. '\n' .. offset .. ' ' .. tag .. ' ' .. ts .. ' ' .. ARGV[3] .. '\n' .. author .. '\n' .. body)
return {'ok', offset, ts, tag}
