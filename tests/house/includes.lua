-- includes.lua LAYERS CC FOLDER: every layer includes a header of every other one, compiled with the
-- include path the build gives it. What lies to its left must be found, anything else must not.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local house = require "house"

local layers, compiler, folder = house.layers(arg[1]), arg[2], arg[3]
local report = house.report("includes")

local function compile(layer, header)
  local source = folder .. "/include.c"
  house.write(source, ("#include %s\ntypedef int pi_stands;\n"):format(header))
  return house.run(("%s -std=c17 -fsyntax-only %s %s"):format(compiler, house.flags(layer), house.quote(source)))
end

local function must_be_found(layer, header)
  local output, ok = compile(layer, header)
  report.try(ok, "%s cannot include %s, which lies to its left:\n%s", layer.name, header, output)
end

local function must_be_missing(layer, header)
  local output, ok = compile(layer, header)
  report.try(not ok and output:find("No such file", 1, true), "%s can include %s, which it must not see\n%s",
    layer.name, header, output)
end

for _, x in ipairs(layers) do
  for _, y in ipairs(layers) do
    local first = house.files(y.folder, ".h")[1]
    if first then
      local header = first:match("[^/]+$")
      if house.sees(x, y) then
        must_be_found(x, '"' .. header .. '"')
      else
        must_be_missing(x, '"' .. header .. '"')
        must_be_missing(x, ('"%s/%s"'):format(y.name, header))
      end
    end
  end
  -- Everything that decides without scripts decides without Lua's headers in reach.
  if x.name == "gate" then must_be_missing(x, "<lua.h>") end
end
report.finish()
