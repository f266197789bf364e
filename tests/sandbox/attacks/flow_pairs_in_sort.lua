-- attack: pairs, sort and ipairs within each other 150 deep
-- at: weigh
-- expect: deterministic|error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local function f(n)
      if n == 0 then return true end
      for k in pairs { a = 1 } do
        table.sort({ 2, 1 }, function(a, b) f(n - 1) return a < b end)
      end
    end
    f(150)
    balance:interest("ok", 1, 1)
  end,
}
