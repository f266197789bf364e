-- attack: an error three sorts deep
-- at: weigh
-- expect: error
-- line: 9
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local function deep(n)
      table.sort({ 2, 1 }, function() if n == 0 then error("deep") end deep(n - 1) return true end)
    end
    deep(3)
  end,
}
