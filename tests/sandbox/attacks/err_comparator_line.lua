-- attack: an error within a comparator names the comparator's line
-- at: weigh
-- expect: error
-- line: 9
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    table.sort({ 2, 1 }, function(a, b)
      return a.x < b.x
    end)
  end,
}
