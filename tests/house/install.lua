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
  return output
end

-- Tries to install, which must fail and say so.
local function refuses(prefix, expected, before)
  local output, ok = house.run(("cd / && %s %s --install %s --prefix %s"):format(before or "", cmake, quote(build),
    quote(prefix)))
  report.try(not ok and output:find(expected, 1, true), "installing into %s does not say %s:\n%s", prefix, expected, output)
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
uninstall("Nothing was installed from this build", true)

-- What somebody changed, or put there since, is no longer what was installed: it stays.
local used = folder .. "/used"
local rule, link = used .. "/share/pubint/scripts/rules/violence.lua", used .. "/lib/libpubint.so"
local CHANGES = {
  {used .. "/bin/pubint", "rm %s && echo another >%s"}, -- as another build that is installed over it
  {rule, "echo '-- mine' >>%s"},
  {link, "rm %s && cp LINK %s"}, -- the same bytes, but no link
  {used .. "/share/doc/pubint/LICENSE", "rm %s && mkdir %s"},
  {used .. "/lib/pkgconfig/pubint.pc", "rm %s && mkfifo %s"},
}
install(used)
for _, change in ipairs(CHANGES) do
  local target = quote(build .. "/host/libpubint.so")
  house.must((change[2]:gsub("LINK", function() return target end):gsub("%%s", function() return quote(change[1]) end)))
end
local said = uninstall(("\n%d files and %%d+ folders removed, 0 were gone already, %d were changed"):format(
  count - #CHANGES, #CHANGES))
for _, change in ipairs(CHANGES) do
  report.try(said:find("Left, since it was changed: " .. change[1] .. "\n", 1, true), "of %s is said:\n%s", change[1], said)
  report.try(house.run("ls -d " .. quote(change[1])) == change[1] .. "\n", "uninstall removes the changed %s", change[1])
end
house.must(("mkdir -p %s && echo mine >%s"):format(quote(rule:match("^(.*)/")), quote(rule)))
uninstall("Nothing was installed from this build", true)
report.try(house.read(rule) == "mine\n", "a second uninstall takes what is not its own")

-- One that fails leaves the one before to be taken back, and what it put there itself is said.
local whole, failed = folder .. "/whole", folder .. "/failed"
install(whole)
house.write(failed .. "/lib", "")
refuses(failed, "  " .. failed .. "/lib\n")
report.try(listed(failed) == "./lib\n", "a refused installation leaves:\n%s", listed(failed))
house.write(failed .. "/share/pubint/scripts/rules", "") -- where CMake makes a folder, late
house.must("rm " .. quote(failed .. "/lib"))
refuses(failed, "scripts/rules")
said = uninstall(("\n%d files and %%d+ folders removed, 0 were gone already"):format(count))
report.try(said:find("into " .. failed .. " failed", 1, true)
  and said:find(failed .. "/share/doc/pubint/LICENSE\n", 1, true), "of what failed is said:\n%s", said)
report.try(not house.run("ls " .. quote(folder)):find("whole"), "uninstall leaves:\n%s", house.run("find " .. quote(whole)))
uninstall("into .* failed.*LICENSE\n.*Nothing was installed from this build", true)
house.must("rm " .. quote(failed .. "/share/pubint/scripts/rules"))
install(failed)
uninstall(("\n%d files and %%d+ folders removed, 0 were gone already"):format(count))
local files = house.must("find " .. quote(failed) .. " -not -type d")
report.try(files == "" and not listed(failed):find("lib/pubint"), "uninstall leaves of one that failed first:\n%s",
  listed(failed))

-- A name that CMake cannot list is refused; any other serves.
for _, name in ipairs {"a[b", "a]b", "[ab]", "a;b", "a\\b", "a\nb"} do
  refuses(folder .. "/odd/" .. name, "Nothing is installed")
  refuses("/usr", "Nothing is installed", "DESTDIR=" .. quote(folder .. "/odd/" .. name))
end
report.try(not house.run("ls " .. quote(folder)):find("odd"), "what is refused makes %s/odd", folder)
local odd = folder .. "/odd/\"$x\" 'y' #{z} \xe9\1"
install(odd)
uninstall(("\n%d files and %%d+ folders removed, 0 were gone already"):format(count))
report.try(not house.run("ls " .. quote(folder)):find("odd"), "uninstall leaves:\n%s", house.run("find " .. quote(odd)))

-- Folders of one's own choice keep their names.
local chosen = folder .. "/chosen"
house.write(chosen .. "/source/CMakeLists.txt", ("cmake_minimum_required(VERSION 3.25)\nproject(chosen LANGUAGES NONE)\n"
  .. 'include("%s/host/install.cmake")\n'):format(root))
house.write(chosen .. "/source/LICENSE", "")
house.must(("%s -G Ninja -S %s -B %s -DCMAKE_INSTALL_BINDIR='my bin' -DCMAKE_INSTALL_LIBDIR='my [lib' -DCMAKE_INSTALL_DOCDIR=%s"):format(
  cmake, quote(chosen .. "/source"), quote(chosen .. "/build"), quote(chosen .. "/my doc")))
local into = ("%s --install %s --prefix %s"):format(cmake, quote(chosen .. "/build"), quote(chosen .. "/prefix"))
local output, ok = house.run(into)
report.try(not ok and output:find("my [lib", 1, true), "a folder that CMake cannot list is not refused:\n%s", output)
house.must(("%s -DCMAKE_INSTALL_LIBDIR='my lib' %s && %s"):format(cmake, quote(chosen .. "/build"), into))
house.must(("cd %s && ls -d 'my doc/LICENSE' 'prefix/my bin' 'prefix/my lib/pkgconfig'"):format(quote(chosen)))
house.must(("%s -P %s"):format(cmake, quote(chosen .. "/build/uninstall.cmake")))
report.try(not listed(chosen):find("my doc"), "of chosen folders uninstall leaves:\n%s", listed(chosen))

-- Staged: all of it lies below DESTDIR, serves from there, and is taken back from there.
local stage = folder .. "/stage"
install("/usr", "DESTDIR=" .. quote(stage))
installed.mark(stage .. "/usr")
installed.claims(report, folder, stage .. "/usr/bin/pubint", version, case)
uninstall(("\n%d files and %%d+ folders removed, 0 were gone already, 1 were changed"):format(count - 1)) -- the mark
local left = house.must(("find %s -type f"):format(quote(stage)))
report.try(left == stage .. "/usr/share/pubint/scripts/policy.json\n", "uninstall leaves:\n%s", left)
report.finish(70)
