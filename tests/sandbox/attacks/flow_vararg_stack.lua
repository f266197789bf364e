-- attack: a call with as many arguments as the stack takes
-- at: weigh
-- expect: error|limit-memory|limit-instructions
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local function f(...) return f(1, ...) end
    f()
  end,
}
