-- What the checks of the house share: support/shell.lua, and the layers as the build has them.
package.path = package.searchpath("house", package.path):match("^(.*/)") .. "../support/?.lua;" .. package.path
local house = require "shell"

-- The layers the build wrote down: one line a layer, parted by tabs; lists within by semicolons.
function house.layers(path)
  local layers = {}
  for _, line in ipairs(house.lines(house.read(path))) do
    local name, rank, archive, folder, dirs, definitions, seen =
      line:match("^([^\t]+)\t(%d+)\t([^\t]+)\t([^\t]+)\t([^\t]*)\t([^\t]*)\t([^\t]*)$")
    assert(name, "not a layer: " .. line)
    local sees = {}
    for path in seen:gmatch("[^;]+") do sees[path] = true end
    layers[#layers + 1] = {
      name = name, rank = tonumber(rank), archive = archive, folder = folder, dirs = dirs, definitions = definitions,
      sees = sees,
    }
  end
  assert(#layers > 1, "no layers in " .. path)
  return layers
end

-- May x use what y declares or defines? Only what it names, or they do, and what lies to its left.
function house.sees(x, y) return x.name == y.name or (x.sees[y.name] and y.rank < x.rank) or false end

-- A layer's own include path and definitions, as options of the compiler.
function house.flags(layer)
  local flags = {}
  for dir in layer.dirs:gmatch("[^;]+") do flags[#flags + 1] = "-I" .. house.quote(dir) end
  for definition in layer.definitions:gmatch("[^;]+") do flags[#flags + 1] = "-D" .. house.quote(definition) end
  return table.concat(flags, " ")
end

return house
