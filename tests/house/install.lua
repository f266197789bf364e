-- install.lua BUILD FOLDER CMAKE ROOT VERSION: installs the build into folders of its own, where all of it serves
-- from where it lies, moved too, and takes it back. (The library: tests/embed. With the source gone:
-- install_deep.lua.)
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local house = require "house"
local installed = require "installed"

local build, folder, cmake, root, version = table.unpack(arg, 1, 5)
local report = house.report("claims of the installation")
local quote = house.quote
local case = root .. "/examples/cases/notice.json"

-- Installs from a folder that has nothing to do with it; `before` stands in front of the command.
local function install(prefix, before)
  house.must(("cd / && %s %s --install %s --prefix %s"):format(before or "", cmake, quote(build), quote(prefix)))
end

local function uninstall(expected, fails)
  local output, ok = house.run(("%s -P %s"):format(cmake, quote(build .. "/uninstall.cmake")))
  report.try(ok == not fails and output:find(expected), "uninstall does not say %s:\n%s", expected, output)
end

-- What lies in a folder, sorted, a path a line.
local function listed(path) return house.must(("cd %s && find . -mindepth 1 | LC_ALL=C sort"):format(quote(path))) end

house.must("rm -rf " .. quote(folder))

for _, file in ipairs(installed.BINARIES) do
  installed.names_no(report, build .. "/" .. file, root)
  installed.names_no(report, build .. "/" .. file, build)
end
installed.must(report, folder, build .. "/pubint", "a build that is not installed has the policy of its source",
  ("pubint eval --json %s >a && pubint eval --json -p %s %s >b && cmp a b && echo same; rm a b"):format(quote(case),
    quote(root .. "/scripts"), quote(case)), "same")

-- It serves, moved too, and by a link.
local prefix, moved = folder .. "/a prefix", folder .. "/moved"
install(prefix, "umask 077 &&")
local closed = house.must(("find %s -not -type l -not -perm -o=r"):format(quote(prefix)))
report.try(closed == "", "a strict umask closes to others:\n%s", closed)
for _, file in ipairs {"LICENSE", "include/pubint/engine.h", "share/pubint/scripts/README.md"} do
  local _, there = house.run(("find %s | grep -F %s"):format(quote(prefix), quote("/" .. file:match("[^/]*$"))))
  report.try(there, "%s is not installed", file)
end
installed.mark(prefix)
installed.claims(report, folder, prefix .. "/bin/pubint", version, case)
house.must(("mv %s %s && ln -s moved/bin/pubint %s"):format(quote(prefix), quote(moved), quote(folder .. "/linked")))
installed.claims(report, folder, moved .. "/bin/pubint", version, case)
installed.claims(report, folder, folder .. "/linked", version, case)

-- Taken back: every file, and the folders that it made; what somebody else put there stays.
local back = folder .. "/back"
house.must(("mkdir -p %s/share/doc %s/include"):format(quote(back), quote(back)))
install(back)
install(back) -- a second time makes no folder, and forgets none
local count = #house.lines(house.read(build .. "/install_manifest.txt"))
house.write(back .. "/share/pubint/scripts/markets/own.lua", "")
uninstall(("\n%d files and %%d+ folders removed, 0 were gone already"):format(count))
report.try(listed(back) == "./include\n./share\n./share/doc\n./share/pubint\n./share/pubint/scripts\n"
  .. "./share/pubint/scripts/markets\n./share/pubint/scripts/markets/own.lua\n", "uninstall leaves:\n%s", listed(back))
uninstall(("\n0 files and 0 folders removed, %d were gone already"):format(count))

-- Staged: all of it lies below DESTDIR, serves from there, and is taken back from there.
local stage = folder .. "/stage"
install("/usr", "DESTDIR=" .. quote(stage))
installed.mark(stage .. "/usr")
installed.claims(report, folder, stage .. "/usr/bin/pubint", version, case)
uninstall(("\n%d files and "):format(count))
report.try(not house.run("ls " .. quote(stage)):find("usr"), "uninstall leaves:\n%s", house.run("find " .. quote(stage)))
house.must("rm " .. quote(build .. "/install_manifest.txt"))
uninstall("Nothing was installed from this build", true)
report.finish(35)
