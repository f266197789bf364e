-- attack: recursion through the iterator of pairs and a sort
-- at: weigh
-- expect: error|limit-memory|limit-instructions
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local function f()
      for k in pairs({ 1 }) do table.sort({ 2, 1 }, function(a, b) f() return a < b end) end
    end
    f()
  end,
}
