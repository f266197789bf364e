-- attack: a source in Latin-1
-- at: load
-- expect: refused-at-load
-- template: yes
-- caf«E9»
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
