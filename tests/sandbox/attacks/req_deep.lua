-- attack: 17 modules within modules
-- at: load
-- expect: refused-at-load
-- template: yes
require "m1"
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
«16*--== lib/m@.lua
return require "m@+"
»--== lib/m17.lua
return {}
