-- statuses.lua HEADER TABLE: what the header says of the codes of each status, against the table of errors. A code
-- has the status of the narrowest range that holds it, and no range is without a code.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local house = require "house"

local header, errors = house.read(arg[1]), house.read(arg[2])
local report = house.report("codes and ranges")

local ranges = {}
local body = assert(header:match("enum pubint_status {(.-)}"), "no enum pubint_status in " .. arg[1])
for comment, status in body:gmatch("/%*(.-)%*/%s*(PUBINT_[%u_]+)") do
  for first, rest in comment:gmatch("E(%d%d%d%d)([.E%d]*)") do
    local last = rest:match("^%.%.E(%d%d%d%d)") or first
    ranges[#ranges + 1] = {status = status, first = tonumber(first), last = tonumber(last)}
  end
end
table.sort(ranges, function(a, b) return a.last - a.first < b.last - b.first end)

local function narrowest(code)
  for _, range in ipairs(ranges) do
    if code >= range.first and code <= range.last then return range end
  end
  return {}
end

for code, status in errors:gmatch("\nERROR_ROW%((%d+), [%u%d_]+, (PUBINT_[%u_]+),") do
  local range = narrowest(tonumber(code))
  range.used = true
  report.try(range.status == status, "E%s is %s in the table, %s in the header", code, status, range.status)
end
for _, range in ipairs(ranges) do
  report.try(range.used, "E%04d..E%04d decides of no code", range.first, range.last)
end
report.finish()
