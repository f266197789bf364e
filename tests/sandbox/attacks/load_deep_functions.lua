-- attack: 250 functions within functions
-- at: load
-- expect: refused-at-load
-- template: yes
local f = «250*function() return »1 «250* end»
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
