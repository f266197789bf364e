-- attack: a NUL in overlong form
-- at: load
-- expect: refused-at-load
-- template: yes
-- «C0 80»
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
