-- attack: a comparator that yields
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    table.sort({ 3, 2, 1 }, function(a, b) coroutine.yield() end)
  end,
}
