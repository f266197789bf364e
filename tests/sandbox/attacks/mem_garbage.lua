-- attack: much garbage and little that is kept
-- at: weigh
-- expect: harmless
-- result: I:n150000:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local n = 0
    for i = 1, 30000 do local t = { i, i, i, i, { i } } n = n + #t end
    balance:interest("n" .. n, 1, 1)
  end,
}
