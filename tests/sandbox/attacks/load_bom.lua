«EF BB BF»-- attack: a byte order mark
-- at: load
-- expect: refused-at-load
-- template: yes
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
