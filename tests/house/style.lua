-- style.lua ROOT CLANG_FORMAT: prints every place where the tree leaves the style of the house.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local style = require "style_checks"

local wrong, files = style.find_wrong(arg[1], arg[2], arg[1] .. "/.clang-format")
for _, line in ipairs(wrong) do print(line) end
print(("%d files, %d checks, %d places wrong"):format(files, #style.checks, #wrong))
os.exit(files > 0 and #wrong == 0)
