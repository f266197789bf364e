-- attack: two modules that require each other
-- at: load
-- expect: refused-at-load
require "one"
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
--== lib/one.lua
require "two"
return {}
--== lib/two.lua
require "one"
return {}
