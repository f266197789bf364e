-- attack: 250 blocks within blocks
-- at: load
-- expect: refused-at-load
-- template: yes
«250*do »«250* end»
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
