-- attack: 250 tables within tables
-- at: load
-- expect: refused-at-load
-- template: yes
local t = «250*{»«250*}»
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
