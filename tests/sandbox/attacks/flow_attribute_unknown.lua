-- attack: a local with an attribute that does not exist
-- at: load
-- expect: refused-at-load
local x <gc> = 1
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
