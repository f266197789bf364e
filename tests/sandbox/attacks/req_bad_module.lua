-- attack: a module with an error of its own
-- at: load
-- expect: refused-at-load
require "bad"
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
--== lib/bad.lua
local x =
