-- attack: an error raised by a tail call still has its line
-- at: weigh
-- expect: error
-- line: 9
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local x = 1
    return error("here")
  end,
}
