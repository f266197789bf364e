-- attack: 201 constants in a function within a function
-- at: load
-- expect: refused-at-load
-- template: yes
local function f() return function() return {«201*@.5, »} end end
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
