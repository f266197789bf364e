-- attack: a key of 30,000 letters in the returned table
-- at: load
-- expect: refused-at-load
-- template: yes
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function() end, ["«30000*\n»"] = 1 }
