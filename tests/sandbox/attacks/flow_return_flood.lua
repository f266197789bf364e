-- attack: functions that return ever more values
-- at: weigh
-- expect: error|limit-memory|limit-instructions
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local function f(n, ...) if n == 0 then return ... end return f(n - 1, n, ...) end
    while true do local t = { f(5000) } end
  end,
}
