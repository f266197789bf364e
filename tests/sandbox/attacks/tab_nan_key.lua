-- attack: NaN as a key
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = {}
    t[0 / 0] = 1
  end,
}
