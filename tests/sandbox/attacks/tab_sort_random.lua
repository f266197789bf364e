-- attack: a comparator that is no order at all
-- at: weigh
-- expect: deterministic
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t, x = {}, 1
    for i = 1, 1000 do t[i] = i end
    table.sort(t, function() x = x * 16807 % 2147483647 return x % 2 == 0 end)
    balance:interest("n" .. t[1] .. "_" .. t[500] .. "_" .. t[1000], 1, 1)
  end,
}
