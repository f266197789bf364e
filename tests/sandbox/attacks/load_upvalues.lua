-- attack: 256 upvalues
-- at: load
-- expect: refused-at-load
-- template: yes
local function f()
«150*local a@ = @ »
return function()
«110*local b@ = @ »
return function() return 0 «150*+ a@ » «110*+ b@ » end end end
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
