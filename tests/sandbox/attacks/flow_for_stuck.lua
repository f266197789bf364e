-- attack: a float loop that stands still at 2^53
-- at: weigh
-- expect: limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    for x = 2.0 ^ 53, 2.0 ^ 53 + 4 do end
  end,
}
