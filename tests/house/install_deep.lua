-- install_deep.lua FOLDER CMAKE CC PKG_CONFIG ROOT VERSION: builds copies of the source in two folders, as the
-- quickstart does, to the same bytes; installs the one whose names have spaces, and takes source and build away: what is
-- installed serves.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local house = require "house"
local installed = require "installed"

local folder, cmake, cc, pkg_config, root, version = table.unpack(arg, 1, 6)
local report = house.report("claims of an installation without its source")
local quote = house.quote
local ONE, OTHER = folder .. "/one", folder .. "/another, and longer/source"
local SPACED = "-DCMAKE_INSTALL_BINDIR='my bin' -DCMAKE_INSTALL_INCLUDEDIR='my include'"

house.must("rm -rf " .. quote(folder))
for _, copy in ipairs {ONE, OTHER} do
  house.must(("mkdir -p %s && tar -C %s --exclude=./.git --exclude='./build*' -cf - . | tar -C %s -xf -"):format(
    quote(copy), quote(root), quote(copy)))
  house.must(("cd %s && %s --preset release -DBUILD_TESTING=OFF %s && %s --build --preset release"):format(quote(copy),
    cmake, copy == OTHER and SPACED or "", cmake))
end
for _, file in ipairs(installed.BINARIES) do
  local one, other = ONE .. "/build/release/" .. file, OTHER .. "/build/release/" .. file
  report.try(house.read(one) == house.read(other), "%s is not the same in both", file)
  installed.names_no(report, one, ONE)
  installed.names_no(report, other, OTHER)
end

local prefix = folder .. "/a prefix"
house.must(("cd / && %s --install %s --prefix %s"):format(cmake, quote(OTHER .. "/build/release"), quote(prefix)))
house.must(("cp -r %s/examples %s && rm -rf %s %s"):format(quote(ONE), quote(folder), quote(ONE), quote(OTHER)))
installed.mark(prefix)
installed.claims(report, folder, prefix .. "/my bin/pubint", version, folder .. "/examples/cases/notice.json")
installed.embed(report, folder, prefix, folder .. "/examples/embed", {cmake = cmake, cc = cc, pkg_config = pkg_config})
report.finish(15)
