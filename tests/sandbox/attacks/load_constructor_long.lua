-- attack: a table of 10,000 items within one line
-- at: load
-- expect: limit-memory|harmless|refused-at-load
-- template: yes
local t = { «10000*1,» }
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
