-- requirements_named.lua TESTS [POLICY]: each requirement R047 to R112 that a script owns is in the name of a test
-- of the policy. POLICY is the list of requirements; where it is there, OWNED must be what it says.
local folder, policy = arg[1], arg[2]

-- What scripts own. R060 and R067 are hints and purposes, of which the list says that they need no test.
local OWNED = "R048 R049 R050 R051 R052 R053 R054 R055 R056 R057 R058 R060 R063 R065 R067 R074 R075 R076 R077 R080 R082 "
  .. "R083 R084 R085 R086 R088 R089 R090 R093 R094 R097 R098 R099 R100 R101 R102 R103 R104 R106 R107"
local EXEMPT = { R060 = true, R067 = true }

local wrong = 0
local function try(held, message)
  if held then return end
  wrong = wrong + 1
  print(message)
end

local named = {}
for path in io.popen("ls '" .. folder .. "'/*_test.lua"):lines() do
  local number = 0
  for line in io.lines(path) do
    number = number + 1
    local name = line:match('test%("([^"]*)"') or line:match('name = "([^"]*)"')
    for requirement in (name or ""):gmatch("R%d%d%d") do
      named[requirement] = named[requirement] or ("%s:%d %s"):format(path:match("[^/]+$"), number, name)
    end
  end
end
for requirement in OWNED:gmatch("%S+") do
  local test = named[requirement] or EXEMPT[requirement] and "(a purpose or a hint)"
  print(requirement, test or "-")
  try(test, requirement .. " is in the name of no test")
end

local file = policy and io.open(policy)
if file then
  local listed = {}
  for line in file:lines() do
    local requirement, rest = line:match("^(R%d%d%d) (.*)$")
    local owner = rest and rest:match("%[([^%]]*)%]%s*$")
    local within = requirement and requirement >= "R047" and requirement <= "R112"
    if within and owner and owner:find("Lua") then listed[#listed + 1] = requirement end
  end
  try(table.concat(listed, " ") == OWNED, "the list of requirements says: " .. table.concat(listed, " "))
  file:close()
else
  print("the list of requirements is not here: only the test's own list was looked at")
end
os.exit(wrong == 0)
