-- attack: times of sixty thousand digits, compared for ever
-- at: weigh
-- expect: limit-instructions
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local long = "2021-03-01T00:00:00." .. ("0"):rep(60000) .. "Z"
    while true do time.days(long, long) end
  end,
}
