-- attack: a module that returns nothing
-- at: load
-- expect: refused-at-load
require "nothing"
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
--== lib/nothing.lua
local x = 1
