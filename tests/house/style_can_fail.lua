-- style_can_fail.lua ROOT CLANG_FORMAT FOLDER: a tree with nothing wrong passes, and one bad example of
-- each check, put into it, is reported by that check and at that place.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local house = require "house"
local style = require "style_checks"

local format_file, clang_format, folder = arg[1] .. "/.clang-format", arg[2], arg[3]
local report = house.report("style examples")

-- As many lines of C as asked for.
local function lines(count) return ("int pi_x;\n"):rep(count) end
local function c_function(count) return "void x(int a,\n       int b) {\n" .. ("  a = b;\n"):rep(count - 2) .. "}\n" end

local CLEAN = {
  ["host/base/x.c"] = '#include "x.h"\n\n/* sprintf( in a comment, and "%f" */\nconst char *pi_x = "strcpy(a, b) %f";\n',
  ["host/base/x.h"] = "extern const char *pi_x;\n",
  ["host/base/table.def"] = lines(601),
  ["host/base/length.c"] = (c_function(60):gsub("a,\n       int", "a, int")),
  ["host/base/rows.c"] = "void x(void) {\n  const char *t[] = {\n"
    .. ('      "' .. ("-"):rep(90) .. '",\n'):rep(90) .. "  };\n" .. "}\n",
  ["host/README.md"] = "The host: $PWD/ho" .. "me/host.\n", ["host/base/README.md"] = "The base.\n",
  ["tests/README.md"] = "Tests.\n", ["tests/core/README.md"] = "Tests of the core.\n",
  ["scripts/README.md"] = "The policy.\n",
  ["tests/core/x.c"] = "int main(void) {\n" .. ("  x();\n"):rep(80) .. "}\n",
  ["scripts/rules/x.lua"] = ("-- a line\n"):rep(80),
}

-- check, file, what is put there, line it must be reported at
local BAD = {
  {"file_length", "host/base/y.c", lines(601), 601},
  {"file_length", "tests/core/y.lua", ("local x\n"):rep(601), 601},
  {"function_length", "host/base/y.c", "int pi_x;\n\n" .. c_function(60), 3},
  {"function_length", "tests/core/y.lua", "local function x()\n" .. ("  x()\n"):rep(59) .. "end\n", 1},
  {"function_length", "tests/run", "#!/bin/sh\nx() {\n" .. ("  x\n"):rep(59) .. "}\n", 2},
  {"function_length", "host/base/y.c", "int main(void) {\n" .. ("  x();\n"):rep(59) .. "}\n", 1},
  {"function_length", "host/base/y.c",
    "void x(void) {\n  static const int T[] = {\n      1,\n  };\n" .. ("  x();\n"):rep(57) .. "}\n", 1},
  {"double_printed", "host/base/y.c", 'void x(void) { printf("%.3f", 1.0); }\n', 1},
  {"double_printed", "host/base/y.c", 'void x(void) {\n  pi_error_setf(e, 1,\n                "a;" "%d %g", 1, 1.0);\n}\n', 2},
  {"status_by_hand", "host/base/y.c", "int x(void) {\n  return PUBINT_E_USAGE;\n}\n", 2},
  {"limit_by_hand", "host/base/y.c", '\nconst char *pi_y = "at most 64 factors";\n', 2},
  {"limit_by_hand", "host/base/y.def", 'ROW(X, "longer than " "1 MiB")\n', 1},
  {"fact_member", "host/base/y.c", "int x(pi_case *c) {\n  return c->facts[PI_FACT_ID].string.len;\n}\n", 2},
  {"fact_member", "host/core/engine/y.def", "ROW(id, self->input->facts[PI_FACT_ID].string)\n", 1},
  {"fact_member", "host/base/y.c", "\npi_value x(pi_case *c, int f) { return (*c).facts[f]; }\n", 2},
  {"parent_include", "tests/core/y.c", '#include "' .. '../x.h"\n', 1},
  {"tab", "host/base/y.h", "int\tpi_x;\n", 1},
  {"trailing_blank", "host/README.md", "The host. \n", 1},
  {"trailing_blank", "host/README.md", "The host.", 1},
  {"mark", "host/base/y.c", "int pi_x;\n/* TO" .. "DO: more */\n", 2},
  {"mark", "README.md", "FIX" .. "ME\n", 1},
  {"mark", "scripts/lib/y.lua", "-- XX" .. "X\n", 1},
  {"mark", "tests/run", "#!/bin/sh\n# HA" .. "CK\n", 2},
  {"machine_path", "README.md", "See /ho" .. "me/x/pubint.\n", 1},
  {"machine_path", "tests/core/y.c", '\nconst char *x = "/tm' .. 'p/x";\n', 2},
  {"package_host", "tests/run", "#!/bin/sh\ncurl deb." .. "debian.org\n", 2},
  {"script_length", "scripts/rules/y.lua", ("-- a line\n"):rep(81), 81},
  {"script_length", "scripts/markets/NL.lua", ("-- a line\n"):rep(81), 81},
  {"header_name", "host/model/x.h", "extern int pi_y;\n", 1, extra = {["host/model/README.md"] = "The model.\n"}},
  {"header_guard", "tests/core/y.h", "/* Y. */\n#ifndef PI_Y_H\n#define PI_Y_H\n#endif\n", 2,
    extra = {["host/base/y.h"] = "#ifndef PI_Y_H\n#define PI_Y_H\n#endif\n"}},
  {"folder_readme", "host/gate/y.c", "int pi_y;\n", 1, at = "host/gate"},
  {"folder_readme", "examples/y.c", "int pi_y;\n", 1, at = "examples"},
  {"format", "host/base/y.c", "int  pi_y;\n", 1},
  {"format", "tests/core/y.h", "int pi_y ;\n", 1},
}
for _, name in ipairs {"strcpy", "strcat", "sprintf", "vsprintf", "gets", "strtok", "atoi", "atof", "atol", "strncpy",
  "strncat", "sscanf", "fscanf", "alloca", "setjmp", "longjmp", "system", "rand"} do
  BAD[#BAD + 1] = {"banned_function", "host/base/y.c", "void x(void) {\n  " .. name .. "(a);\n}\n", 2}
end

local function wrong_with(files)
  local root = folder .. "/style"
  house.must("rm -rf " .. house.quote(root))
  for path, text in pairs(CLEAN) do house.write(root .. "/" .. path, text) end
  for path, text in pairs(files) do house.write(root .. "/" .. path, text) end
  return (style.find_wrong(root, clang_format, format_file))
end

local clean = wrong_with {}
report.try(#clean == 0, "a clean tree is found wrong: %s", clean[1])

local shown = {}
for _, bad in ipairs(BAD) do
  local files = bad.extra or {}
  files[bad[2]] = bad[3]
  local wrong = wrong_with(files)
  local expected = ("%s:%d: %s: "):format(bad.at or bad[2], bad[4], bad[1])
  local found = false
  for _, line in ipairs(wrong) do found = found or line:sub(1, #expected) == expected end
  report.try(found, "not reported: %s\n  reported: %s", expected, table.concat(wrong, "\n            "))
  shown[bad[1]] = true
end
for _, check in ipairs(style.checks) do
  report.try(shown[check.name], "the check %s has no bad example", check.name)
end
report.finish()
