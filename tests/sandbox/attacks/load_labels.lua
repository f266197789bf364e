-- attack: thousands of labels, each compared with all
-- at: load
-- expect: harmless|limit-memory|refused-at-load
-- template: yes
local function f(x)
«190*::l@:: »
«19*do ::k@:: end »
end
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) f() balance:interest("ok", 1, 1) end }
