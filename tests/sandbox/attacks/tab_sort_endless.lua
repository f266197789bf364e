-- attack: a comparator that never ends
-- at: weigh
-- expect: limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    table.sort({ 2, 1 }, function() while true do end end)
  end,
}
