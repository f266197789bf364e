-- attack: a string grown byte by byte: each step copies all of it
-- at: weigh
-- expect: limit-memory|limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = ""
    while true do s = s .. "x" end
  end,
}
