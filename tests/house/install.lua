-- install.lua BUILD FOLDER CMAKE CC PKG_CONFIG VERSION: installs into a folder of its own, then builds and
-- runs an embedder of three lines against what lies there, and starts the program and finds its policy.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local house = require "house"

local build, folder, cmake, cc, pkg_config, version = table.unpack(arg, 1, 6)
local report = house.report("claims of the installation")
local prefix = folder .. "/prefix"

local function must(what, command, expected)
  local output, ok = house.run(command)
  report.try(ok and (not expected or output:find(expected, 1, true)), "%s:\n%s\n%s", what, command, output)
end

house.must("rm -rf " .. house.quote(folder))
house.write(folder .. "/embed.c",
  '#include <pubint.h>\n#include <stdio.h>\nint main(void) { return puts(pubint_version()) < 0; }\n')
must("it installs", ("%s --install %s --prefix %s"):format(cmake, house.quote(build), house.quote(prefix)))
local pc = house.lines((house.run("find " .. house.quote(prefix) .. " -name pubint.pc")))[1]
report.try(pc, "no pubint.pc is installed")
if pc then
  local lib = pc:match("^(.*)/pkgconfig/")
  local options = ("$(PKG_CONFIG_PATH=%s %s --cflags --libs pubint)"):format(house.quote(lib .. "/pkgconfig"), pkg_config)
  must("an embedder builds", ("cd %s && %s embed.c -o embed %s"):format(house.quote(folder), cc, options))
  must("an embedder runs", ("LD_LIBRARY_PATH=%s %s/embed"):format(house.quote(lib), house.quote(folder)), version .. "\n")
end
must("the program is installed", house.quote(prefix .. "/bin/pubint") .. " --version", version)
must("the policy is installed", "test -s " .. house.quote(prefix .. "/share/pubint/scripts/policy.json"))
report.finish()
