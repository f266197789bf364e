-- packages.lua ROOT PKG_CONFIG: every library a CMakeLists.txt asks pkg-config for is installed by the two
-- commands of the house: the Debian package its .pc file came with stands in examples/packages.sh, among
-- those to build with, or, where only the tests ask for it, among those to test with. So is what Lua tests require.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local house = require "house"

local root, pkg_config = arg[1], arg[2]
local report = house.report("libraries")

if not select(2, house.run("command -v dpkg")) then
  print("this is no Debian: its packages cannot be told")
  os.exit(true)
end

local function listed(name)
  local list = {}
  local print_list = (". %s/examples/packages.sh && echo \"${%s[@]}\""):format(root, name)
  for package in house.must("bash -c " .. house.quote(print_list)):gmatch("%S+") do list[package] = true end
  return list
end
local build, test, serve = listed("BUILD_PACKAGES"), listed("TEST_PACKAGES"), listed("SERVE_PACKAGES")

local find = "cd %s && find . -name CMakeLists.txt -not -path './build*' -not -path './examples/*' | LC_ALL=C sort"
for _, path in ipairs(house.lines(house.must(find:format(house.quote(root))))) do
  local in_tests = path:find("^%./tests/") ~= nil
  for arguments in house.read(root .. "/" .. path):gmatch("pkg_check_modules%(%s*[%w_]+([^)]*)%)") do
    for module in arguments:gmatch("%f[%w][%l%d][%w.+-]*") do
      local folder = house.must(pkg_config .. " --variable=pcfiledir " .. house.quote(module)):gsub("\n", "")
      local package = house.must("dpkg -S " .. house.quote(folder .. "/" .. module .. ".pc")):match("^([^:]+)")
      report.try(build[package] or serve[package] or in_tests and test[package], "%s: %s comes with %s, which %s lacks", path, module,
        package, in_tests and "examples/packages.sh" or "BUILD_PACKAGES")
    end
  end
end
-- What Lua tests require of Debian, but for the benchmarks, which are no tests.
local MODULES = { cjson = "lua-cjson" }
local scripts = "cd %s && find . -path './tests/*' -name '*.lua' -not -path './tests/bench/*' | LC_ALL=C sort"
for _, path in ipairs(house.lines(house.must(scripts:format(house.quote(root))))) do
  for module in house.read(root .. "/" .. path):gmatch("= require \"([%w_.]+)\"") do
    local package = MODULES[module]
    report.try(not package or test[package], "%s: requires %s of %s, which TEST_PACKAGES lacks", path, module, package)
  end
end
report.finish()
