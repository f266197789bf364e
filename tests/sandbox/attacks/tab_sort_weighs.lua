-- attack: a comparator that puts factors on the balance
-- at: weigh
-- expect: deterministic
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local n = 0
    table.sort({ 4, 3, 2, 1 }, function(a, b) n = n + 1 balance:interest("c" .. n .. "_" .. a .. "_" .. b, 1, 1) return a < b end)
  end,
}
