-- includes.lua LAYERS CC FOLDER: with the include path that the build gives each layer, a header of every other
-- layer is looked for. What a layer sees must be found, anything else must not. The preprocessor answers for all
-- headers at once.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local house = require "house"

local layers, compiler, folder = house.layers(arg[1]), arg[2], arg[3]
local report = house.report("includes")

-- Which of the names ("x.h" or <x.h>) the layer finds, by name.
local function found_by(layer, names)
  local lines = {}
  for i, name in ipairs(names) do lines[#lines + 1] = ("#if __has_include(%s)\nFOUND %d\n#endif"):format(name, i) end
  local source = folder .. "/include.c"
  house.write(source, table.concat(lines, "\n") .. "\n")
  local output = house.must(("%s -std=c17 -E -P %s %s"):format(compiler, house.flags(layer), house.quote(source)))
  local found = {}
  for number in output:gmatch("FOUND (%d+)") do found[names[tonumber(number)]] = true end
  return found
end

-- What is looked for: a header of each layer by its name, and by its folder and name; and Lua's, where nothing may
-- decide with it.
local function asked_of(x)
  local asked, names = {}, {}
  local function ask(name, must)
    asked[#asked + 1], names[#names + 1] = {name = name, must = must}, name
  end
  for _, y in ipairs(layers) do
    local first = house.files(y.folder, ".h")[1]
    local header = first and first:match("[^/]+$")
    if header then ask('"' .. header .. '"', house.sees(x, y)) end
    if header and not house.sees(x, y) then ask(('"%s/%s"'):format(y.name, header), false) end
  end
  if x.name:match("[^/]+$") == "gate" then ask("<lua.h>", false) end
  return asked, names
end

for _, x in ipairs(layers) do
  local asked, names = asked_of(x)
  local found = found_by(x, names)
  for _, one in ipairs(asked) do
    local held = (found[one.name] or false) == one.must
    report.try(held, one.must and "%s cannot include %s, which it sees" or "%s can include %s, which it must not see",
      x.name, one.name)
  end
end
report.finish()
