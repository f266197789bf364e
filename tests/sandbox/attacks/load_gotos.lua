-- attack: thousands of gotos that wait for one label
-- at: load
-- expect: harmless|limit-memory
-- template: yes
local function f(x)
«3000*if x then goto a end »
::a::
end
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) f() balance:interest("ok", 1, 1) end }
