-- attack: writes to a constant
-- at: load
-- expect: refused-at-load
local x <const> = 1
x = 2
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
