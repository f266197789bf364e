-- attack: a thousand walks that have begun
-- at: weigh
-- expect: deterministic
-- result: R:sum:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local steps = {}
    for i = 1, 1000 do steps[i] = pairs { [i] = i } end
    local n = 0
    for i = 1, 1000 do n = n + steps[i]() end
    balance:condition("sum", n == 500500)
  end,
}
