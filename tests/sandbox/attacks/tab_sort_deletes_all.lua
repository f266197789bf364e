-- attack: a comparator that makes the table large and drops what it sorts
-- at: weigh
-- expect: deterministic|limit-memory
-- result: R:sorted:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = {}
    for i = 1, 100 do t[i] = { n = -i } end
    table.sort(t, function(a, b)
      for i = 1, #t do t[i] = nil end
      local x = ("x"):rep(1000)
      return a.n < b.n
    end)
    balance:condition("sorted", t[1].n == -100 and t[100].n == -1)
  end,
}
