-- attack: sorts within sorts that each run through, twenty deep
-- at: weigh
-- expect: limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local function f(n)
      if n > 0 then table.sort({ 3, 2, 1 }, function(a, b) f(n - 1) return a < b end) end
    end
    f(20)
  end,
}
