-- What holds of every installation, wherever it lies, and of what was built for it: the claims of install.lua and
-- install_deep.lua.
local house = require "house"

local installed = {}

-- A command in an environment of its own, in a folder that holds nothing; `program` is what it calls "pubint".
local function alone(folder, program, command)
  house.must("mkdir -p " .. house.quote(folder .. "/empty"))
  return ("cd %s && env -i HOME=%s PATH=/usr/local/bin:/usr/bin:/bin program=%s sh -c %s"):format(
    house.quote(folder .. "/empty"), house.quote(folder), house.quote(program),
    house.quote('pubint() { "$program" "$@"; }; ' .. command))
end

-- Runs a command so and asks that it ends well, or badly where `fails`, and says each of `expected`.
function installed.must(report, folder, program, what, command, expected, fails)
  local output, ok = house.run(alone(folder, program, command))
  local held = ok == not fails
  for _, text in ipairs(type(expected) == "table" and expected or {expected}) do
    held = held and output:find(text, 1, true) ~= nil
  end
  report.try(held, "%s:\n%s\n%s", what, command, output)
end

-- Gives the policy of an installation a version of its own, so that no other can be taken for it.
function installed.mark(prefix)
  local path = prefix .. "/share/pubint/scripts/policy.json"
  local text, count = house.read(path):gsub('("version":%s*)"[^"]*"', '%1"9.9.9"')
  assert(count == 1, "no version in " .. path)
  house.write(path, text)
end

-- A marked installation does all that it is for, with nothing but itself; the program is called by the name `called`.
function installed.claims(report, folder, called, version, case)
  local function must(...) installed.must(report, folder, called, ...) end
  house.must(("cp %s %s"):format(house.quote(case), house.quote(folder .. "/case.json")))
  must("the program runs", "pubint --version", version)
  must("it evaluates under its own policy", "pubint eval --json ../case.json",
    {'"outcome":"notice"', '"policy":"public-interest@9.9.9+'})
  must("its REPL does", "echo :reload | pubint repl ../case.json", {"notice, weighed", "policy public-interest@9.9.9+"})
  must("its policy's tests pass", "pubint test --filter abuse_harassment", ", 0 failed")
  must("nothing is written into its policy", "pubint new market KE", "E4012", true)
  -- That there is no repository is the module's to say.
  must("it reads git", "GIT_DIR=/absent pubint eval -p git:HEAD:scripts ../case.json", "E4042", true)
end

-- A program of one's own, built by pkg-config and by find_package from what lies in `prefix`, evaluates.
function installed.embed(report, folder, prefix, example, tools)
  local policy = prefix .. "/share/pubint/scripts"
  local function must(what, command)
    installed.must(report, folder, prefix, what, command .. (" && ./embed %s ../case.json"):format(house.quote(policy)),
      {"notice (weighed)", '"policy":"public-interest@9.9.9+'})
  end
  must("pkg-config finds it", ("export PKG_CONFIG_PATH=%s && eval %s %s -o embed $(%s --cflags --libs pubint)"):format(
    house.quote(prefix .. "/lib/pkgconfig"), tools.cc, house.quote(house.quote(example .. "/embed.c")), tools.pkg_config))
  must("find_package finds it", ("%s -G Ninja -S %s -B ../built -DCMAKE_PREFIX_PATH=%s && %s --build ../built && cd ../built")
    :format(tools.cmake, house.quote(example), house.quote(prefix), tools.cmake))
end

-- Nothing of where it was built stands in the bytes of a file: no path that begins with `folder`.
function installed.names_no(report, file, folder)
  local bytes, at = house.read(file), 1
  while true do
    local first, last = bytes:find(folder, at, true)
    if not first then break end
    local within = bytes:sub(first - 1, first - 1):find("[%w_./-]") or bytes:sub(last + 1, last + 1):find("[%w_.-]")
    report.try(within, "%s names the folder %s: %s", file, folder, bytes:sub(first, last + 60):match("^%g*"))
    at = last + 1
  end
  report.try(#bytes > 0, "%s is empty", file)
end

-- What others run: the program, its module and the library, in a folder of a build.
installed.BINARIES = {"pubint", "pubint_git.so", "host/libpubint.so"}

return installed
