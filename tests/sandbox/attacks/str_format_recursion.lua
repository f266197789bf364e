-- attack: format of what format made
-- at: weigh
-- expect: limit-memory|limit-instructions|error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = "%s%s"
    while true do s = s:format(s, s) end
  end,
}
