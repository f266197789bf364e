-- attack: factors put on from within a comparator of pairs of equals
-- at: weigh
-- expect: deterministic
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local n = 0
    table.sort({ 3, 1, 2 }, function(a, b)
      n = n + 1
      balance:interest("n" .. n, a / 3, 1)
      return a < b
    end)
  end,
}
