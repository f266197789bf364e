-- attack: an escape character in a comment, for whoever prints the source
-- at: load
-- expect: refused-at-load
-- template: yes
-- «1B»[2J
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
