-- attack: surrogates in the source
-- at: load
-- expect: refused-at-load
-- template: yes
-- «ED A0 80 ED B0 80»
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
