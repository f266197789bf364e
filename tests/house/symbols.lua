-- symbols.lua LAYERS NM [LIBRARY INCLUDE]: no undefined symbol of a layer is defined by a sibling or by
-- a layer to its right; what a layer shows is named as ours; the library shows the public interface and
-- nothing else.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local house = require "house"

local layers, nm, library, include = house.layers(arg[1]), arg[2], arg[3], arg[4]
local report = house.report("symbols")

-- The names nm lists under these options, each once.
local function names(options, path)
  local seen, list = {}, {}
  for _, line in ipairs(house.lines(house.must(nm .. " -P " .. options .. " " .. house.quote(path)))) do
    local name = line:match("^(%S+) %a")
    if name and not seen[name] then
      seen[name] = true
      list[#list + 1] = name
    end
  end
  return list
end

-- What a layer may call what it shows. A Lua C function is l_<table>_<name>, and stands only where the
-- build puts Lua's headers in reach.
local function is_named_well(layer, name)
  return name:find("^pi_") or name:find("^PI_") or name:find("^pubint_")
    or name:find("^l_%l+_%l+$") and (layer.dirs .. ";"):find("/lua[%d.]*;")
end

local owner = {}
for _, layer in ipairs(layers) do
  local defined = names("-g --defined-only", layer.archive)
  report.try(#defined > 0, "%s defines nothing", layer.name)
  for _, name in ipairs(defined) do
    report.try(is_named_well(layer, name), "%s shows %s: a name across files begins with pi_, PI_ or pubint_",
      layer.name, name)
    report.try(not owner[name], "%s and %s both define %s", layer.name, owner[name] and owner[name].name, name)
    owner[name] = layer
  end
end

for _, layer in ipairs(layers) do
  for _, name in ipairs(names("-u", layer.archive)) do
    local from = owner[name]
    report.try(not from or house.sees(layer, from), "%s uses %s of %s, which it must not see", layer.name, name,
      from and from.name)
  end
end

-- The functions the public headers declare, comments apart.
local function declared()
  local list = {}
  for _, path in ipairs(house.files(include .. "/pubint", ".h")) do
    local code = house.read(path):gsub("/%*.-%*/", "")
    for name in code:gmatch("(pubint_[%w_]+)%s*%(") do list[#list + 1] = name end
  end
  return list
end

if library then
  local shown = {}
  for _, name in ipairs(names("-D --defined-only", library)) do
    shown[name] = true
    report.try(name:find("^pubint_"), "the library shows %s", name)
  end
  for _, name in ipairs(declared()) do
    report.try(shown[name], "a public header declares %s, which the library does not show", name)
  end
end
report.finish()
