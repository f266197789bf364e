-- attack: a DEL
-- at: load
-- expect: refused-at-load
-- template: yes
-- «7F»
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
