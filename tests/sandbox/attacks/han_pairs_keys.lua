-- attack: pairs over a table with handles as keys
-- at: weigh
-- expect: error
-- line: 10
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = {}
    t[case.tweet], t[case], t[balance] = 1, 2, 3
    for k, v in pairs(t) do balance:interest("n" .. v, 1, 1) end
  end,
}
