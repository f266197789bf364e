-- attack: a long bracket of level 20,000 that never closes
-- at: load
-- expect: refused-at-load
-- template: yes
local s = [«20000*=»[
]«19999*=»]
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function() end }
