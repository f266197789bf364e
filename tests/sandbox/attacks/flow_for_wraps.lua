-- attack: loops at both ends of the integers, with steps that would wrap
-- at: weigh
-- expect: deterministic
-- result: I:n9:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local n = 0
    for i = math.maxinteger - 1, math.maxinteger do n = n + 1 end
    for i = math.mininteger, math.maxinteger, math.maxinteger do n = n + 1 end
    for i = math.maxinteger, math.mininteger, math.mininteger do n = n + 1 end
    for i = math.mininteger + 2, math.mininteger, -3 do n = n + 1 end
    for i = 1, math.huge, math.maxinteger do n = n + 1 end
    for i = 1, -math.huge do n = n + 1 end
    for i = 3, 2.999999 do n = n + 1 end
    for i = 1, 0 / 0 do n = n + 1 end
    balance:interest("n" .. n, 1, 1)
  end,
}
