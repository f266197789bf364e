-- walls_can_fail.lua HERE FOLDER CC AR NM LUA: four tiny layers, low <- {gate | script} <- high, pass the
-- checks of includes, symbols, units, names and headers; each breach put into them is reported by name.
package.path = arg[1] .. "/?.lua;" .. package.path
local house = require "house"

local here, folder, cc, ar, nm, lua = arg[1], arg[2] .. "/walls", arg[3], arg[4], arg[5], arg[6]
local report = house.report("breaches")
local LAYERS = {{"low", 0, "low"}, {"gate", 1, "gate low"}, {"script", 1, "script low"}, {"high", 2, "high gate script low"}}

-- Builds what a check looks at as it should be, but for a breach: dirs[layer], code[layer], header[layer], more
-- files, and the library's map and public header, where given.
local function build(breach)
  house.must("rm -rf " .. house.quote(folder))
  local rows = {}
  for path, text in pairs(breach.files or {}) do house.write(folder .. "/" .. path, text) end
  for _, layer in ipairs(LAYERS) do
    local name, rank, dirs = layer[1], layer[2], (breach.dirs or {})[layer[1]] or layer[3]
    local base = folder .. "/" .. name
    local guarded = ("#ifndef PI_%s\n#define PI_%s\nint pi_%s_x(void);\n#endif\n"):format(name, name, name)
    house.write(base .. "/" .. name .. ".h", (breach.header or {})[name] or guarded)
    house.write(base .. "/" .. name .. ".c",
      ("int pi_%s_x(void) { return 1; }\n%s\n"):format(name, (breach.code or {})[name] or ""))
    if breach[1] == "symbols" or breach[1] == "units" or breach[1] == "names" then
      for _, path in ipairs(house.files(base, ".c")) do
        local unit = path:match("([^/]+)%.c$")
        house.must(("cd %s && %s -fPIC -c %s.c -o %s.c.o"):format(house.quote(base), cc, unit, unit))
      end
      house.must(("cd %s && %s rcs %s.a *.c.o"):format(house.quote(base), ar, name))
    end
    local paths = dirs:gsub(" ", ";"):gsub("[^;]+", function(dir) return folder .. "/" .. dir end)
    local seen = layer[3]:gsub("^%S+ ?", ""):gsub(" ", ";")
    rows[#rows + 1] = table.concat({name, rank, base .. "/" .. name .. ".a", base, paths, "", seen}, "\t")
  end
  house.write(folder .. "/layers", table.concat(rows, "\n") .. "\n")
  local public = breach.public or "#ifndef P\n#define P\nint pubint_x(void);\n#endif\n"
  house.write(folder .. "/include/pubint/p.h", public)
  house.write(folder .. "/map", breach.map or "{ global: pubint_*; local: *; };\n")
  house.write(folder .. "/lib.c", "int pubint_x(void) { return 2; }\nint pi_x(void) { return 3; }\n")
  if breach[1] == "symbols" then
    house.must(("cd %s && %s -shared -fPIC -o lib.so lib.c -Wl,--version-script=map"):format(house.quote(folder), cc))
  end
end

local CHECKS = {
  includes = ("%s %s/includes.lua layers %s probe"):format(lua, house.quote(here), cc),
  symbols = ("%s %s/symbols.lua layers %s lib.so include"):format(lua, house.quote(here), nm),
  units = ("%s %s/units.lua layers %s 0.9"):format(lua, house.quote(here), nm),
  names = ("%s %s/names.lua layers %s"):format(lua, house.quote(here), nm),
  headers = ("%s %s/headers.lua layers include probe %s"):format(lua, house.quote(here), cc),
}
CHECKS.share = CHECKS.units:gsub("0%.9$", "0.2")
local function check(name) return house.run("cd " .. house.quote(folder) .. " && " .. CHECKS[name]) end

for name in pairs(CHECKS) do
  if name == "share" then goto next end
  build {name}
  local output, ok = check(name)
  report.try(ok, "%s finds fault where there is none:\n%s", name, output)
  ::next::
end

local UNGUARDED = "struct pi_low { int x; };\n"
local BREACHES = {
  {"includes", 'gate can include "script.h", which it must not see', dirs = {gate = "gate low script"}},
  {"includes", 'script can include "gate.h", which it must not see', dirs = {script = "script gate low"}},
  {"includes", 'low can include "high.h", which it must not see', dirs = {low = "low high"}},
  {"includes", 'gate can include "script/script.h", which it must not see', dirs = {gate = "gate low ."}},
  {"includes", 'high cannot include "low.h", which it sees', dirs = {high = "high gate script"}},
  {"includes", "gate can include <lua.h>, which it must not see", files = {["low/lua.h"] = ""}},
  {"symbols", "gate uses pi_script_x of script, which it must not see",
    code = {gate = "int pi_script_x(void); int pi_gate_y(void) { return pi_script_x(); }"}},
  {"symbols", "low uses pi_high_x of high, which it must not see",
    code = {low = "int pi_high_x(void); int pi_low_y(void) { return pi_high_x(); }"}},
  {"symbols", "low shows helper: a name", code = {low = "int helper(void) { return 1; }"}},
  {"symbols", "gate shows l_math_sqrt: a name", code = {gate = "int l_math_sqrt(void) { return 1; }"}},
  {"symbols", "low shows table: a name", code = {low = "const int table[2] = {1, 2};"}},
  {"symbols", "script and gate both define pi_twice",
    code = {gate = "int pi_twice(void) { return 1; }", script = "int pi_twice(void) { return 2; }"}},
  {"symbols", "the library shows pi_x", map = "{ global: pubint_*; pi_*; local: *; };\n"},
  {"symbols", "declares pubint_missing, which the library does not show", public = "int pubint_missing(void);\n"},
  {"units", "low: low needs itself: low → two → low", code = {low = "int pi_two(void); int pi_y(void) { return pi_two(); }"},
    files = {["low/two.c"] = "int pi_low_x(void); int pi_two(void) { return pi_low_x(); }\n"}},
  {"units", "low: low needs itself: low → two → low", header = {low = '#include "two.h"\nint pi_low_x(void);\n'},
    files = {["low/two.c"] = "int pi_low_x(void); int pi_two(void) { return pi_low_x(); }\n",
      ["low/two.h"] = "int pi_two(void);\n"}},
  {"units", "more than 20 %", share = true},
  {"names", "low: pi_gate_y of low bears the name of another unit, gate", code = {low = "int pi_gate_y(void) { return 1; }"}},
  {"names", "gate: pi_thing_b of gate is of a thing that low has to itself",
    code = {low = "int pi_thing_a(void) { return 1; }", gate = "int pi_thing_b(void) { return 1; }"}},
  {"headers", "<pubint/p.h> does not stand alone", public = "size_t pubint_x(void);\n"},
  {"headers", '"low.h" does not stand alone', header = {low = UNGUARDED}},
}
for _, breach in ipairs(BREACHES) do
  build(breach)
  local output, ok = check(breach.share and "share" or breach[1])
  report.try(not ok and output:find(breach[2], 1, true), "not reported: %s\n%s", breach[2], output)
end
report.finish()
