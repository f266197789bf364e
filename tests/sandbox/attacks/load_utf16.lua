«FF FE 20 00»-- attack: a source in UTF-16
-- at: load
-- expect: refused-at-load
-- template: yes
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
