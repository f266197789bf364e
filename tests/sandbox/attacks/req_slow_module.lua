-- attack: a module that never ends
-- at: load
-- expect: limit-instructions|limit-time
require "slow"
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
--== lib/slow.lua
while true do end
