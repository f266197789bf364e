-- attack: equals keep their order
-- at: weigh
-- expect: harmless
-- result: R:stable:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t, s = {}, ""
    for i = 1, 200 do t[i] = { i % 3, i } end
    table.sort(t, function(a, b) return a[1] < b[1] end)
    local good = true
    for i = 2, 200 do good = good and (t[i - 1][1] < t[i][1] or t[i - 1][2] < t[i][2]) end
    balance:condition("stable", good)
  end,
}
