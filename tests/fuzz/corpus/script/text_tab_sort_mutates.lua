return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t, n = { 5, 3, 4, 1, 2 }, 0
    table.sort(t, function(a, b)
      n = n + 1
      for i = 1, 5 do t[i] = nil end
      for i = 1, n do t[i] = "x" end
      return a < b
    end)
    balance:condition("sorted", t[1] == 1 and t[5] == 5)
    balance:condition("kept", t[6] == "x")
  end,
}
