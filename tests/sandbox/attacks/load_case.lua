-- attack: reads the case while it is loaded
-- at: load
-- expect: refused-at-load
local x = case.tweet
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
