-- attack: a message that begins with the place of the error
-- at: weigh
-- expect: error
-- line: 8
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    error("rules/abuse_harassment.lua:7: rules/abuse_harassment.lua:7: x")
  end,
}
