/**
 * The steps that change limit counters, as Lua that Redis runs in one piece.
 *
 * Arguments: lease id, now; then for each key what the script says. Windows are strings with an expiry,
 * concurrency is a sorted set of lease ids by the time at which they lapse.
 */

/** For each key: kind ('w' or 'c'), amount, capacity, time at which it expires. Returns refusedBy, then used of each. */
export const RESERVE = `
local lease, now = ARGV[1], ARGV[2]
local used, refused = {}, -1
for i, key in ipairs(KEYS) do
  local at = 2 + (i - 1) * 4
  if ARGV[at + 1] == 'w' then
    used[i] = tonumber(redis.call('GET', key) or 0)
  else
    redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
    used[i] = redis.call('ZCARD', key)
  end
  local amount = tonumber(ARGV[at + 2])
  if refused < 0 and amount > 0 and used[i] + amount > tonumber(ARGV[at + 3]) then refused = i - 1 end
end
if refused < 0 then
  for i, key in ipairs(KEYS) do
    local at = 2 + (i - 1) * 4
    used[i] = used[i] + tonumber(ARGV[at + 2])
    if ARGV[at + 1] == 'w' then
      redis.call('INCRBY', key, ARGV[at + 2])
      redis.call('PEXPIREAT', key, ARGV[at + 4])
    else
      redis.call('ZADD', key, ARGV[at + 4], lease)
      redis.call('PEXPIREAT', key, ARGV[at + 4], 'GT')
      redis.call('PEXPIREAT', key, ARGV[at + 4], 'NX')
    end
  end
end
return { refused, unpack(used) }`;

/** For each key: kind, difference. A window that has expired meanwhile is not brought back. */
export const SETTLE = `
local lease = ARGV[1]
for i, key in ipairs(KEYS) do
  local at = 2 + (i - 1) * 2
  if ARGV[at + 1] == 'c' then
    redis.call('ZREM', key, lease)
  elseif ARGV[at + 2] ~= '0' and redis.call('EXISTS', key) == 1 then
    if redis.call('INCRBY', key, ARGV[at + 2]) < 0 then redis.call('SET', key, 0, 'KEEPTTL') end
  end
end
return 1`;

/** For each key: kind. Changes nothing. */
export const USAGE = `
local now = ARGV[2]
local used = {}
for i, key in ipairs(KEYS) do
  if ARGV[2 + i] == 'w' then
    used[i] = tonumber(redis.call('GET', key) or 0)
  else
    used[i] = redis.call('ZCOUNT', key, '(' .. now, '+inf')
  end
end
return used`;
