-- attack: sub-handles read without end
-- at: weigh
-- expect: limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local n = 0
    while true do if case.context.target == case.context.target then n = n + 1 end end
  end,
}
