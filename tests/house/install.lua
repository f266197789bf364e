-- install.lua BUILD FOLDER CMAKE ROOT VERSION: installs into a folder of its own; the program that lies
-- there evaluates a case under the policy that lies there, and finds its module of git, also when all of it is moved.
-- (The library: tests/embed.)
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local house = require "house"

local build, folder, cmake, root, version = table.unpack(arg, 1, 5)
local report = house.report("claims of the installation")

local function must(what, command, expected, fails)
  local output, ok = house.run(command)
  report.try(ok == not fails and output:find(expected, 1, true), "%s:\n%s\n%s", what, command, output)
end

house.must(("rm -rf %s %s"):format(house.quote(folder), house.quote(folder .. ".moved")))
must("it installs", ("%s --install %s --prefix %s"):format(cmake, house.quote(build), house.quote(folder)), folder)
local program, policy = house.quote(folder .. "/bin/pubint"), house.quote(folder .. "/share/pubint/scripts")
must("the program runs", program .. " --version", version)
must("it evaluates", ("%s eval --json --policy %s %s"):format(program, policy,
  house.quote(root .. "/examples/cases/notice.json")), '"outcome":"notice"')
-- That there is no repository is the module's to say.
local at_revision = "GIT_DIR=/absent %s eval --policy git:HEAD:scripts " .. house.quote(root .. "/examples/cases/notice.json")
must("it reads git", at_revision:format(program), "E4042", true)
house.must(("mv %s %s"):format(house.quote(folder), house.quote(folder .. ".moved")))
must("moved, it reads git", at_revision:format(house.quote(folder .. ".moved/bin/pubint")), "E4042", true)
report.finish()
