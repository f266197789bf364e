-- attack: a pattern compiled and matched at the bottom of the deepest calls there are
-- at: weigh
-- expect: error|limit-memory|limit-instructions
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local function f(n)
      text.find(("a"):rep(60), ("("):rep(50) .. "a" .. (")"):rep(50) .. "(?R)?" .. n)
      table.sort({ 2, 1 }, function(a, b) f(n + 1) return a < b end)
    end
    f(1)
  end,
}
