-- attack: an escape that Lua does not have
-- at: load
-- expect: refused-at-load
local s = "\q"
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
