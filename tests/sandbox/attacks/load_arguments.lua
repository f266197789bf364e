-- attack: the chunk has no arguments
-- at: load
-- expect: harmless
-- result: R:none:true
local a, b = ...
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:condition("none", a == nil and b == nil and select("#", 1) == 1) end }
