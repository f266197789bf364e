-- attack: short strings without end: garbage is no memory
-- at: weigh
-- expect: limit-instructions
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = {}
    for i = 1, math.huge do t[i % 8000] = "s" .. i end
  end,
}
