-- Stands before every script. KEYS[1..8] are the keys of one room, all in one slot:
-- m what is clear about it, l the stream of its ops (id `offset-0`), d marks of people, f marks of facts,
-- t the tabs of each member, s the two snapshots, k the keys, p who is connected where.
local M, L, D, F, T, S, K, P = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local NET = 3600000 -- a sweep takes a room on time; where none comes, the keys go this long after it

local function whole(x) return string.format('%.0f', x) end

local function wall()
  local at = redis.call('TIME')
  return at[1] * 1000 + math.floor(at[2] / 1000)
end

-- `given` is the clock of a test, or the time that a repaired op had before
local function clock(given)
  if given ~= '' then return tonumber(given) end
  return wall()
end

-- every key of the room goes with it, whatever happens to those who look after it
local function lives(key, expires)
  redis.call('PEXPIREAT', key, whole(math.max(tonumber(expires), wall()) + NET))
end

local function all_live(expires)
  for i = 1, 8 do lives(KEYS[i], expires) end
end

local function tag_at(offset, floor, floor_tag)
  if offset == floor then return floor_tag end
  local found = redis.call('XRANGE', L, whole(offset) .. '-0', whole(offset) .. '-0')[1]
  return found and found[2][2]
end

-- entries lie as t, ts, a(uthor), n, b(ody): the body is the tenth
local function size_of(entries)
  local sum = 0
  for _, entry in ipairs(entries) do sum = sum + #entry[2][10] end
  return sum
end
