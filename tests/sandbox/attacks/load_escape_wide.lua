-- attack: a character that no escape may name
-- at: load
-- expect: refused-at-load
local s = "\u{80000000}"
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
