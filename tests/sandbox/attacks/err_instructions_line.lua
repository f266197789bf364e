-- attack: a limit that is passed has a line too
-- at: weigh
-- expect: limit-instructions
-- line: 9
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local n = 0
    while true do n = n + 1 end
  end,
}
