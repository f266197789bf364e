-- counts.lua OUT INPUT…: holds OUT and its manifest against the inputs. As many lines out as in, each counted
-- once, under its outcome, basis and rules or under the code it was refused with; sizes, and SHA-256 where
-- the manifest has it, as the files are. Prints what is wrong, and fails.
local here = arg[0]:match "^(.*/)" or "./"
package.path = here .. "../../reference/?.lua"
local json = require "json"

local wrong = 0
local function expect(what, found, expected)
  if found == expected then return end
  wrong = wrong + 1
  print(("%s: %s, expected %s"):format(what, tostring(found), tostring(expected)))
end

-- Lines and bytes of a file; the last line may lack its newline. Each line is handed to `each`.
local function read(path, each)
  local file = assert(io.open(path, "rb"))
  local lines = 0
  for line in file:lines "L" do
    lines = lines + 1
    if each then each(line) end
  end
  local bytes = file:seek "end"
  file:close()
  return lines, bytes
end

local function sha256(path)
  local pipe = assert(io.popen("sha256sum < '" .. path:gsub("'", "'\\''") .. "'"))
  local digest = pipe:read "a":match "^%x+"
  pipe:close()
  return digest
end

local function number(value) return tonumber(value.text) end

local function check_file(what, entry, path, lines, bytes)
  expect(what .. " bytes", number(entry.bytes), bytes)
  expect(what .. " lines", number(entry.lines), lines)
  if entry.sha256 then expect(what .. " sha256", entry.sha256, sha256(path)) end
end

local function add(counts, key) counts[key] = (counts[key] or 0) + 1 end

-- The rules of an evaluation that was weighed, each once; those the manifest does not know are "other".
local function add_rules(cell, line, known)
  local seen = {}
  for rule in line:gmatch '{"rule":"([a-z0-9_]+)"' do
    if not known[rule] then rule = "other" end
    if not seen[rule] then add(cell, rule) end
    seen[rule] = true
  end
end

local out, inputs = arg[1], table.move(arg, 2, #arg, 1, {})
local file = assert(io.open(out .. ".manifest.json", "rb"))
local manifest = json.decode(file:read "a")
file:close()

expect("state", manifest.state, "complete")
expect("number of files", #manifest.files, #inputs)
local lines_in = 0
for i, path in ipairs(inputs) do
  local lines, bytes = read(path)
  lines_in = lines_in + lines
  expect("name", manifest.files[i].name, path)
  check_file(path, manifest.files[i], path, lines, bytes)
end

local known, cells, refused, evaluated = {}, {}, {}, 0
for _, cell in ipairs(manifest.totals.counts) do
  for rule in pairs(cell.rules or {}) do known[rule] = rule ~= "other" or nil end
end
local lines_out, bytes_out = read(out, function(line)
  expect("newline at the end of " .. line:sub(1, 40), line:sub(-1), "\n")
  local code = not line:find('"outcome":"', 1, true) and line:match '"error":{"code":"(E%d+)"'
  if code then
    add(refused, code)
    return
  end
  local outcome, basis = line:match '"outcome":"([a-z_]+)","basis":"([a-z_]+)"'
  evaluated = evaluated + 1
  local key = outcome .. " " .. basis
  cells[key] = cells[key] or {cases = 0, rules = {}, weighed = false}
  cells[key].cases = cells[key].cases + 1
  if line:find('"rules":[{', 1, true) then
    cells[key].weighed = true
    add_rules(cells[key].rules, line, known)
  end
end)
expect("lines out", lines_out, lines_in)
check_file("out", manifest.out, out, lines_out, bytes_out)
expect("totals.lines", number(manifest.totals.lines), lines_in)
expect("totals.evaluated", number(manifest.totals.evaluated), evaluated)

local sum = 0
for code, count in pairs(manifest.totals.refused) do
  sum = sum + number(count)
  expect("refused with " .. code, number(count), refused[code])
end
for _, cell in ipairs(manifest.totals.counts) do
  local key = cell.outcome .. " " .. cell.basis
  local found = cells[key] or {cases = 0}
  sum = sum + number(cell.cases)
  expect(key, number(cell.cases), found.cases)
  for rule, count in pairs(found.weighed and cell.rules or {}) do
    expect(key .. " " .. rule, number(count), found.rules[rule])
  end
end
expect("the sum of what is counted", sum, lines_in)
os.exit(wrong == 0)
