-- attack: a form feed, which Lua takes for a blank
-- at: load
-- expect: refused-at-load
-- template: yes
local x =«0C»1
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
