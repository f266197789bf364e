-- attack: recursion through require, sort and the chunk of a module
-- at: weigh
-- expect: error|limit-memory|limit-instructions
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local function f(n)
      table.sort({ 3, 2, 1 }, function(a, b) require("signals") text.find("aa", "((((a))))") f(n + 1) return a < b end)
    end
    f(1)
  end,
}
