-- attack: one table larger than a block may be
-- at: weigh
-- expect: limit-memory
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = {}
    for i = 1, 20000 do t[i] = i end
  end,
}
