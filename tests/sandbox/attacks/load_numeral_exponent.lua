-- attack: an exponent that no integer holds
-- at: weigh
-- expect: deterministic|refused-at-load|error
local a = 1e99999999999999999999
local b = 0x1p-99999999999999999999
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance)
  balance:condition("ends", a == math.huge and b == 0)
end }
