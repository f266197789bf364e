-- The style of the house as a table of checks: adding one is a row, and a bad example of it in
-- style_can_fail.lua. A check looks at one file, or, where it has `all`, at the whole tree.
local house = require "house"

local FILE_LINES, FUNCTION_LINES, SCRIPT_LINES = 600, 60, 80

local BANNED = {
  "strcpy", "strcat", "sprintf", "vsprintf", "gets", "strtok", "atoi", "atof", "atol", "atoll", "strncpy", "strncat",
  "scanf", "fscanf", "sscanf", "vscanf", "vfscanf", "vsscanf", "alloca", "setjmp", "longjmp", "sigsetjmp", "siglongjmp",
  "system", "rand", "srand",
}

-- Written in halves, so that this table does not find itself.
local MARKS = {"TO" .. "DO", "FIX" .. "ME", "XX" .. "X", "HA" .. "CK"}
local PATHS = {"/wo" .. "rk/", "/tm" .. "p/", "/ho" .. "me/", "/ro" .. "ot/", "/mn" .. "t/"}
local HOSTS = {
  "%f[%w]deb%.debian%.", "%f[%w]security%.debian%.", "%f[%w]snapshot%.debian%.", "%f[%w]ftp%.[%w.]*debian%.",
  "%f[%w]archive%.ubuntu%.", "%f[%w]pypi%.", "%f[%w]registry%.npmjs", "%f[%w]luarocks%.org", "%f[%w]pkg%.dev",
}

-- What stands for good, and why: "check path" = reason.
local EXEMPT = {
  ["double_printed host/core/json/json_write.c"] =
    "a signal's double goes back into a case as text; no evaluation comes by here",
  ["limit_by_hand host/core/json/json_number.c"] = "the largest double",
  ["limit_by_hand host/core/model/decode_violations.c"] = "an assertion beside it holds the text to the limits",
  ["limit_by_hand host/front/cli/cmd_batch.c"] = "an assertion beside it holds the text to the limit",
  ["limit_by_hand host/front/cli/cmd_ledger_precedents.c"] = "1 is no limit that could be another",
  ["limit_by_hand host/front/cli/cmd_test.c"] = "a share is at most 100 percent",
}

-- C without comments, and without the insides of strings and characters unless `strings`; lines stay.
local function code_of(text, strings)
  local out, at = {}, 1
  local function blank(upto)
    out[#out + 1] = text:sub(at, upto):gsub("[^\n]", " ")
    at = upto + 1
  end
  local function keep(upto)
    out[#out + 1] = text:sub(at, upto)
    at = upto + 1
  end
  while at <= #text do
    local found = text:find("[/\"']", at)
    if not found then break end
    if found > at then keep(found - 1) end
    local two = text:sub(at, at + 1)
    if two == "/*" then
      blank(select(2, text:find("*/", at + 2, true)) or #text)
    elseif two == "//" then
      blank((text:find("\n", at, true) or #text + 1) - 1)
    elseif text:sub(at, at) == "/" then
      keep(at)
    else
      local quote, close = text:sub(at, at), at + 1
      while close < #text and text:sub(close, close) ~= quote do
        close = close + (text:sub(close, close) == "\\" and 2 or 1)
      end
      if strings then keep(close) else blank(close) end
    end
  end
  keep(#text)
  return table.concat(out)
end

-- Calls each(line number, text) for every line of `text`.
local function each_line(text, each)
  for number, line in ipairs(house.lines(text)) do each(number, line) end
end

-- A function begins with a line at column 0, its brace may end a later line, and its end is a "}" (in
-- Lua an "end") at column 0. Calls each(first line, lines, head); the rows of a table in it do not count.
local function each_function(file, each)
  local lua = file.kind == "lua"
  local head, first, inside, rows, table_indent = "", 0, false, 0, nil
  each_line(lua and file.text or file.code or file.text, function(number, line)
    if inside then
      if line:find(lua and "^end" or "^}") then
        each(first, number - first + 1 - rows, head)
        head, inside, rows, table_indent = "", false, 0, nil
      elseif table_indent then
        if line:find("^" .. table_indent .. "}") then table_indent = nil else rows = rows + 1 end
      else
        table_indent = line:match("^(%s+).*= {%s*$")
      end
      return
    end
    if line:find("^[%a_]") then head, first = line, number else head = head .. line end
    if lua then
      inside = line:find("^local function ") or line:find("^function ")
      if inside and line:find("%f[%w]end%s*$") then inside = false end
    elseif line:find("{%s*$") and not line:find("^#") then
      inside = head:find("(", 1, true) and not head:find("[=;]")
      if not inside then head = "" end
    end
  end)
end

-- Calls each(line number, text) for every call of a function that takes printf's formats, up to its ";".
local function each_printing(file, each)
  for _, name in ipairs {"printf", "setf", "raise"} do
    for at in file.code:gmatch("()" .. name .. "%s*%(") do
      local _, breaks = file.code:sub(1, at):gsub("\n", "")
      each(breaks + 1, file.with_strings:sub(at, file.code:find(";", at, true)))
    end
  end
end

local function is_c(file) return file.kind == "c" or file.kind == "h" end

local function find_each(patterns, text, found)
  each_line(text, function(number, line)
    for _, pattern in ipairs(patterns) do
      local hit = line:match(pattern)
      if hit then found(number, hit) end
    end
  end)
end

local checks = {
  {name = "file_length", look = function(file, report)
    local lines = #house.lines(file.text)
    if file.kind ~= "def" and lines > FILE_LINES then
      report(lines, ("%d lines, at most %d"):format(lines, FILE_LINES))
    end
  end},
  {name = "function_length", look = function(file, report)
    if not is_c(file) and file.kind ~= "lua" and file.kind ~= "sh" then return end
    each_function(file, function(first, lines, head)
      local is_test_main = file.path:find("^tests/") and head:find("%f[%w_]main%s*%(")
      if lines > FUNCTION_LINES and not is_test_main then
        report(first, ("a function of %d lines, at most %d"):format(lines, FUNCTION_LINES))
      end
    end)
  end},
  {name = "banned_function", look = function(file, report)
    if not is_c(file) and file.kind ~= "def" then return end
    each_line(file.code, function(number, line)
      for _, name in ipairs(BANNED) do
        if line:find("%f[%w_]" .. name .. "%s*%(") then report(number, name .. " is banned") end
      end
    end)
  end},
  {name = "double_printed", look = function(file, report)
    if not file.path:find("^host/") or not is_c(file) then return end
    each_printing(file, function(number, statement)
      for literal in statement:gsub("%%%%", ""):gmatch('"[^"\n]*"') do
        if literal:find("%%[-+#0-9.*]*[lL]?[aAeEfFgG]") then report(number, "a double is printed: " .. literal) end
      end
    end)
  end},
  {name = "status_by_hand", look = function(file, report)
    if not file.path:find("^host/") or file.kind ~= "c" then return end
    find_each({"return PUBINT_E_USAGE", "return PUBINT_E_UNMET"}, file.code, function(number, hit)
      report(number, hit .. ": return what pi_error_set returned, so that it is what the error says")
    end)
  end},
  {name = "limit_by_hand", look = function(file, report)
    if not file.path:find("^host/") or not file.with_strings then return end
    find_each({'"[^"]*at most %d[^"]*"', '"[^"]*r than %d[^"]*"', '"[^"]*%d [KM]iB[^"]*"'}, file.with_strings,
      function(number, hit) report(number, "a limit written by hand: " .. hit) end)
  end},
  {name = "fact_member", look = function(file, report)
    -- pi_case_strength and its like ask for a fact by its type; the table of values is their own.
    local in_c = is_c(file) or file.kind == "def"
    if not file.path:find("^host/") or not in_c or file.path:find("^host/core/model/") then return end
    find_each({"[%.>]facts%[[^;]*"}, file.code, function(number, hit)
      report(number, "a case's facts are asked for by their types: " .. hit:sub(2))
    end)
  end},
  {name = "parent_include", look = function(file, report)
    find_each({'^%s*#%s*include%s*"%.%./.*'}, file.text, function(number, hit) report(number, hit) end)
  end},
  {name = "tab", look = function(file, report)
    if not is_c(file) and file.kind ~= "def" then return end
    find_each({"\t"}, file.text, function(number) report(number, "a tab") end)
  end},
  {name = "trailing_blank", look = function(file, report)
    find_each({"[ \t\r]$"}, file.text, function(number) report(number, "a blank at the end of the line") end)
    if file.text ~= "" and file.text:sub(-1) ~= "\n" then report(#house.lines(file.text), "no newline at the end") end
  end},
  {name = "mark", look = function(file, report)
    local patterns = {}
    for _, mark in ipairs(MARKS) do patterns[#patterns + 1] = "%f[%w_]" .. mark .. "%f[^%w_]" end
    find_each(patterns, file.text, function(number, hit) report(number, "a mark to settle: " .. hit) end)
  end},
  {name = "machine_path", look = function(file, report)
    -- Only where a path begins: what stands behind $PWD is a path of no machine.
    local patterns = {}
    for _, path in ipairs(PATHS) do patterns[#patterns + 1] = "[^%w_.})-]" .. path end
    find_each(patterns, (" " .. file.text):gsub("\n", "\n "), function(number, hit)
      report(number, "a path of one machine: " .. hit:sub(2))
    end)
  end},
  {name = "package_host", look = function(file, report)
    find_each(HOSTS, file.text, function(number, hit) report(number, "a package host: " .. hit) end)
  end},
  {name = "script_length", look = function(file, report)
    local lines = #house.lines(file.text)
    if file.path:find("^scripts/rules/") or file.path:find("^scripts/markets/") then
      if lines > SCRIPT_LINES then report(lines, ("%d lines, at most %d"):format(lines, SCRIPT_LINES)) end
    end
  end},
  {name = "header_name", all = function(tree, report)
    local seen = {}
    for _, file in ipairs(tree.files) do
      local name = file.path:match("^host/.*/([^/]+%.h)$")
      if name and seen[name] then report(file.path, 1, "the name stands elsewhere too: " .. seen[name]) end
      if name then seen[name] = file.path end
    end
  end},
  {name = "header_guard", all = function(tree, report)
    local seen = {}
    for _, file in ipairs(tree.files) do
      local before, guard = file.text:match("^(.-)#ifndef ([%w_]+)\n#define %2\n")
      if file.kind == "h" and guard then
        local at = #house.lines(before) + 1
        if seen[guard] then report(file.path, at, guard .. " guards another header too: " .. seen[guard]) end
        seen[guard] = file.path
      end
    end
  end},
  {name = "folder_readme", all = function(tree, report)
    for _, folder in ipairs(tree.folders) do
      if not tree.has[folder .. "/README.md"] then report(folder, 1, "a folder without a README.md") end
    end
  end},
  {name = "format", all = function(tree, report)
    local command = {tree.clang_format, "--dry-run --Werror", house.quote("--style=file:" .. tree.format_file)}
    for _, file in ipairs(tree.files) do
      if is_c(file) then command[#command + 1] = house.quote(tree.root .. "/" .. file.path) end
    end
    if #command == 3 then return end
    local output, ok = house.run(table.concat(command, " "))
    local first, places, last = {}, {}, nil
    for place in output:gmatch("([^\n:]+:%d+):%d+: error:") do
      local path, line = place:sub(#tree.root + 2):match("^(.*):(%d+)$")
      first[path] = first[path] or tonumber(line)
      places[path] = (places[path] or 0) + (place ~= last and 1 or 0)
      last = place
    end
    for _, file in ipairs(tree.files) do
      if first[file.path] then
        report(file.path, first[file.path], ("clang-format lays out %d places otherwise"):format(places[file.path]))
      end
    end
    if not ok and not output:find(": error:", 1, true) then report(".", 1, output) end
  end},
}

local KINDS = {c = "c", h = "h", def = "def", lua = "lua", md = "md", sh = "sh", cmake = "cmake", txt = "cmake",
  map = "cmake"}
KINDS["in"] = "cmake"

-- The texts of the tree: by ending, or a program that begins with "#!". The rest is data.
local function load_tree(root, clang_format, format_file)
  local tree = {root = root, clang_format = clang_format, format_file = format_file, files = {}, folders = {}, has = {}}
  local prune = "\\( -path ./.git -o -path './build*' -o -path ./.cache \\) -prune -o "
  local inside = "cd " .. house.quote(root) .. " && find . " .. prune
  for _, found in ipairs(house.lines(house.must(inside .. "-type f -print | LC_ALL=C sort"))) do
    local path = found:sub(3)
    tree.has[path] = true
    local ending = path:match("[^/]%.(%w+)$")
    local text = (not ending or KINDS[ending]) and house.read(root .. "/" .. path)
    local program = text and not ending and text:match("^#![^\n]*")
    local kind = KINDS[ending] or program and (program:find("lua") and "lua" or "sh")
    if kind then
      local file = {path = path, kind = kind, text = text}
      if is_c(file) or kind == "def" then
        file.code, file.with_strings = code_of(text, false), code_of(text, true)
      end
      tree.files[#tree.files + 1] = file
    end
  end
  local folders = inside .. "-mindepth 1 -type d -not -name '.*' "
    .. "\\( -path './host/*' -not -path './host/*/*/*' -o -path './tests/*' -not -path './*/*/*' "
    .. "-o -not -path './*/*' \\) -print | LC_ALL=C sort"
  for _, found in ipairs(house.lines(house.must(folders))) do tree.folders[#tree.folders + 1] = found:sub(3) end
  return tree
end

-- Returns what is wrong as "path:line: check: message", and how many files were read.
local function find_wrong(root, clang_format, format_file)
  local tree, wrong = load_tree(root, clang_format, format_file), {}
  local function add(check, path, line, message)
    if not EXEMPT[check.name .. " " .. path] then
      wrong[#wrong + 1] = ("%s:%d: %s: %s"):format(path, line, check.name, message)
    end
  end
  for _, check in ipairs(checks) do
    if check.all then check.all(tree, function(path, line, message) add(check, path, line, message) end) end
    for _, file in ipairs(check.look and tree.files or {}) do
      check.look(file, function(line, message) add(check, file.path, line, message) end)
    end
  end
  return wrong, #tree.files
end

return {checks = checks, find_wrong = find_wrong}
