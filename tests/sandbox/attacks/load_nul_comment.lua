-- attack: a NUL in a comment
-- at: load
-- expect: refused-at-load
-- template: yes
-- «00»
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
