-- attack: a chain of 300 nots
-- at: load
-- expect: refused-at-load
-- template: yes
local s = «300*not »true
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
