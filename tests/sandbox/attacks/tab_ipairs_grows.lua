-- attack: a list that grows while it is walked
-- at: weigh
-- expect: limit-memory|limit-instructions
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = { 1 }
    for i, v in ipairs(t) do t[i + 1] = v end
  end,
}
