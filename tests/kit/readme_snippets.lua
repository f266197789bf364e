-- readme_snippets.lua README PUBINT SCRIPTS WORK: the Lua blocks of the guide work as they stand. A block that
-- returns a market is saved as that market's script; a block with expectations is run as a test file.
local readme, pubint, scripts, work = arg[1], arg[2], arg[3], arg[4]

local function quote(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

local function run(command)
  local pipe = assert(io.popen(command .. " 2>&1"))
  local output = pipe:read("a")
  return output, pipe:close() == true
end

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
end

local file = assert(io.open(readme, "rb"))
local page = file:read("a")
file:close()
assert(select(2, run(("rm -rf %s && mkdir -p %s && cp -r %s/. %s"):format(quote(work), quote(work), quote(scripts), quote(work)))))
local markets, tests = 0, {}
for block in page:gmatch("\n```lua\n(.-)\n```\n") do
  local market = block:match('market = "([%u%d-]+)"')
  if block:find("expect(", 1, true) then
    tests[#tests + 1] = block
  elseif market then
    write(work .. "/markets/" .. market .. ".lua", block .. "\n")
    markets = markets + 1
  end
end
for index, block in ipairs(tests) do write(("%s/tests/readme%d_test.lua"):format(work, index), block .. "\n") end
local output, passed = run(("%s test -p %s --filter tests/readme"):format(quote(pubint), quote(work)))
print(output)
print(("%d markets, %d test files of the guide"):format(markets, #tests))
os.exit(passed and markets > 0 and #tests > 0)
