-- attack: a module that requires itself
-- at: load
-- expect: refused-at-load
require "one"
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
--== lib/one.lua
return require "one"
