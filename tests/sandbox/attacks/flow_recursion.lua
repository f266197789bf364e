-- attack: recursion that is no tail call
-- at: weigh
-- expect: error|limit-memory|limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local function f(n) return 1 + f(n + 1) end
    f(1)
  end,
}
