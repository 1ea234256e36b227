-- ARGV: after, tag ('-' for any), limit. Answers false, or {meta, verdict, entries, marks, facts}.
local meta = redis.call('HGETALL', M)
if #meta == 0 then return false end
local m = {}
for i = 1, #meta, 2 do m[meta[i]] = meta[i + 1] end
local after, limit = tonumber(ARGV[1]), tonumber(ARGV[3])
local verdict = 'same'
if after > tonumber(m.top) then
  verdict = 'rewound'
elseif after < tonumber(m.floor) then
  verdict = 'trimmed'
else
  local there = tag_at(after, tonumber(m.floor), m.floor_tag)
  if not there then
    verdict = 'trimmed'
  elseif ARGV[2] ~= '-' and ARGV[2] ~= there then
    verdict = 'rewound'
  end
end
local entries = {}
if verdict == 'same' and limit > 0 then
  entries = redis.call('XRANGE', L, whole(after + 1) .. '-0', '+', 'COUNT', limit)
end
return {meta, verdict, entries, redis.call('HGETALL', D), redis.call('HGETALL', F)}
