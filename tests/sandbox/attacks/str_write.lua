-- attack: writes a field of a string
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = "abc"
    s.len = 1
  end,
}
