-- attack: a NUL in the source
-- at: load
-- expect: refused-at-load
-- template: yes
local x = 1 «00» local y = 2
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
