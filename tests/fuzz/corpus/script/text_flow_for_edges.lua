return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local n = 0
    for i = math.maxinteger - 2, math.maxinteger, 2 do n = n + 1 end
    for i = math.mininteger + 1, math.mininteger, -1 do n = n + 1 end
    for i = 3, 1 do n = n + 100 end
    for i = math.maxinteger, math.huge do n = n + 1 end
    for i = 1, -math.huge do n = n + 100 end
    balance:interest("n" .. n, 1, 1)
  end,
}
