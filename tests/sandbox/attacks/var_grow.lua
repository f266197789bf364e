-- attack: arguments that grow with each call
-- at: weigh
-- expect: limit-memory|limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local function f(...) return f(1, 2, 3, ...) end
    f()
  end,
}
