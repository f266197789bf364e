-- attack: a source of more than 64 KiB
-- at: load
-- expect: refused-at-load
-- template: yes
«65536* »
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
