-- attack: a string doubled until it is refused
-- at: weigh
-- expect: limit-memory|error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = "x"
    while true do s = s:rep(2) end
  end,
}
