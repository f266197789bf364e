-- attack: recursion through table.sort: C within Lua within C
-- at: weigh
-- expect: error|limit-memory|limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local function f()
      table.sort({ 2, 1 }, function(a, b) f() return a < b end)
    end
    f()
  end,
}
