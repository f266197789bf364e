-- attack: asks for pcall while it is loaded
-- at: load
-- expect: refused-at-load
local pcall = pcall
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
