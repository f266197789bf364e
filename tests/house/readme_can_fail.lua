-- readme_can_fail.lua HERE FOLDER LUA: a page that holds passes the test of pages; each page that lies is
-- reported for what it is.
package.path = arg[1] .. "/?.lua;" .. package.path
local house = require "house"

local here, folder, lua = arg[1], arg[2] .. "/pages", arg[3]
local report = house.report("pages")

house.must("rm -rf " .. house.quote(folder))
house.write(folder .. "/copy/examples/quickstart", "#!/bin/sh\n")
house.write(folder .. "/copy/tests/run", "not a program\n")
house.write(folder .. "/copy/case.json", "{}\n")
house.write(folder .. "/bin/pubint", "#!/bin/sh\necho outcome: notice\n")
house.must(("cd %s && chmod +x copy/examples/quickstart bin/pubint"):format(house.quote(folder)))

local function check(page)
  house.write(folder .. "/README.md", page)
  local arguments = {here .. "/readme.lua", folder .. "/README.md", folder .. "/copy", folder .. "/work", folder .. "/bin"}
  for index, argument in ipairs(arguments) do arguments[index] = house.quote(argument) end
  return house.run(lua .. " " .. table.concat(arguments, " "))
end

local GOOD = "Run it:\n\n```sh\n./examples/quickstart\n```\n\nThen:\n```sh\npubint eval case.json\ncat case.json\n"
  .. "```\n\n```text\noutcome: notice\n{}\n```\n\n```lua\nnot run\n```\n"
local output, ok = check(GOOD)
report.try(ok, "a page that holds is found wrong:\n%s", output)

local BAD = {
  {"the output is not the one shown", "```sh\npubint eval\n```\n```text\noutcome: remove\n```\n"},
  {"the output is not the one shown", "```sh\npubint eval\n```\n\n```text\noutcome: notice\n\n```\n"},
  {"the block ends badly", "```sh\npubint eval\nfalse\n```\n"},
  {"the block ends badly", "```sh\nno-such-program\n```\n"},
  {"./tests/run is no program", "```sh\n./tests/run\n```\n"},
  {"stands in one block with a command that installs", "```sh\n./examples/quickstart\npubint eval\n```\n"},
  {"shows the output of a block that is not run", "```sh\n./examples/quickstart\n```\n```text\nhello\n```\n"},
  {"has no sh block", "Nothing to run.\n"},
  {"a block is never closed", "```sh\npubint eval\n"},
}
for _, bad in ipairs(BAD) do
  local said, passed = check(bad[2])
  report.try(not passed and said:find(bad[1], 1, true), "not reported: %s\n%s", bad[1], said)
end
report.finish()
