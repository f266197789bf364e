-- headers.lua LAYERS INCLUDE FOLDER CC [CXX]: each header compiles alone, and included twice; a public
-- one under C17 and C++17 at their strictest, an internal one with the include path of its layer.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local house = require "house"

local layers, include, folder, cc, cxx = house.layers(arg[1]), arg[2], arg[3], arg[4], arg[5]
local report = house.report("headers")
local STRICT = "-Wall -Wextra -Wpedantic -Werror -fsyntax-only"

local function compile(command, ending, header)
  local source = folder .. "/alone" .. ending
  house.write(source, ("#include %s\n#include %s\ntypedef int pi_stands;\n"):format(header, header))
  local output, ok = house.run(command .. " " .. house.quote(source))
  report.try(ok, "%s does not stand alone:\n%s\n%s", header, command, output)
end

local public = house.files(include, ".h")
for _, path in ipairs(house.files(include .. "/pubint", ".h")) do public[#public + 1] = path end
for _, path in ipairs(public) do
  local header = "<" .. path:sub(#include + 2) .. ">"
  local where = STRICT .. " -I" .. house.quote(include)
  compile(cc .. " -std=c17 " .. where, ".c", header)
  if cxx then compile(cxx .. " -std=c++17 " .. where, ".cc", header) end
end
for _, layer in ipairs(layers) do
  for _, path in ipairs(house.files(layer.folder, ".h")) do
    compile(("%s -std=c17 %s %s"):format(cc, STRICT, house.flags(layer)), ".c", '"' .. path:match("[^/]+$") .. '"')
  end
end
if not cxx then print("there is no C++ compiler here: the public headers were tried as C only") end
report.finish()
