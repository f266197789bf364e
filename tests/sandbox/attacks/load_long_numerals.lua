-- attack: numerals of thousands of digits
-- at: weigh
-- expect: deterministic
-- result: R:huge:true
-- template: yes
local a, b, c = «9000*9», 0x«9000*f», 1e-«50*9»
local d = 0.«9000*0»1
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance)
  balance:condition("huge", a == math.huge and b == -1 and c == 0 and d == 0)
end }
