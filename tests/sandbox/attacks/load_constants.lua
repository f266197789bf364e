-- attack: 201 constants in one function
-- at: load
-- expect: refused-at-load
-- template: yes
local t = {«201*@.5, »}
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
