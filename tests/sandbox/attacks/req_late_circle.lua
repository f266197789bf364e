-- attack: a circle that is closed only when a function runs
-- at: weigh
-- expect: harmless
-- result: I:two:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest(require("one").name(), 1, 1)
  end,
}
--== lib/one.lua
local one = {}
function one.name() return require("two").name end
return one
--== lib/two.lua
require "one"
return { name = "two" }
