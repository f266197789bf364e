-- attack: keys of 60,000 bytes
-- at: weigh
-- expect: limit-memory|limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = {}
    for i = 1, math.huge do t[("x"):rep(60000) .. i] = i end
  end,
}
