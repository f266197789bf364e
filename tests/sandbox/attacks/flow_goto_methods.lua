-- attack: endless goto through methods of strings
-- at: weigh
-- expect: limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    ::top::
    local n = ("abc"):upper():lower():sub(1, 2):len()
    goto top
  end,
}
