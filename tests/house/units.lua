-- units.lua LAYERS NM SHARE: within a layer, units (x.c with its x.h) need each other one way only: what one calls or
-- includes of another must not, by any way round, need the first. And no layer holds more than SHARE
-- (of 1) of the lines of the house: what grows beyond that is two things.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local house = require "house"

local layers, nm, share = house.layers(arg[1]), arg[2], tonumber(arg[3])
local report = house.report("units and layers")

-- The units of a layer's archive, each with the names it defines and those it needs.
local function units_of(layer)
  local units, unit = {}, nil
  for _, line in ipairs(house.lines(house.must(nm .. " -P -g " .. house.quote(layer.archive)))) do
    local member = line:match("%[(.-)%.c%.o%]")
    local name, kind = line:match("^(%S+) (%a)")
    if member then
      unit = {name = member, defines = {}, needs = {}, uses = {}}
      units[member] = unit
    elseif unit and name then
      unit[kind == "U" and "needs" or "defines"][name] = true
    end
  end
  return units
end

-- Who uses whom: by a symbol, or because one's header includes the other's.
local function link(layer, units)
  local owner = {}
  for _, unit in pairs(units) do
    for name in pairs(unit.defines) do owner[name] = unit.name end
  end
  for _, unit in pairs(units) do
    for name in pairs(unit.needs) do
      if owner[name] and owner[name] ~= unit.name then unit.uses[owner[name]] = true end
    end
  end
  for _, path in ipairs(house.files(layer.folder, ".h")) do
    local from = units[path:match("([^/]+)%.h$")]
    for name in house.read(path):gmatch('#include "([^"]+)%.h"') do
      if from and units[name] and name ~= from.name then from.uses[name] = true end
    end
  end
end

local function sorted(set)
  local list = {}
  for name in pairs(set) do list[#list + 1] = name end
  table.sort(list)
  return list
end

-- A way from `unit` back to itself, as a text; nil where there is none.
local function way_round(units, unit)
  local from, queue = {}, {unit.name}
  for _, name in ipairs(queue) do
    for _, used in ipairs(sorted(units[name].uses)) do
      if used == unit.name then
        local way = {unit.name}
        while name do
          table.insert(way, 1, name)
          name = from[name]
        end
        return table.concat(way, " → ")
      end
      if not from[used] then
        from[used] = name
        queue[#queue + 1] = used
      end
    end
  end
end

local lines, total = {}, 0
for _, layer in ipairs(layers) do
  local units = units_of(layer)
  link(layer, units)
  for _, name in ipairs(sorted(units)) do
    local way = way_round(units, units[name])
    report.try(not way, "%s: %s needs itself: %s", layer.name, name, way)
  end
  lines[layer.name] = 0
  for _, ending in ipairs({".c", ".h", ".def"}) do
    for _, path in ipairs(house.files(layer.folder, ending)) do
      lines[layer.name] = lines[layer.name] + #house.lines(house.read(path))
    end
  end
  total = total + lines[layer.name]
end
for _, layer in ipairs(layers) do
  report.try(lines[layer.name] <= share * total, "%s holds %d of %d lines, more than %g %%", layer.name,
    lines[layer.name], total, share * 100)
end
report.finish()
