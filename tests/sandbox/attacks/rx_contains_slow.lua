-- attack: a plain search that nearly matches everywhere
-- at: weigh
-- expect: limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s, p = ("a"):rep(65000), ("a"):rep(128) .. "b" .. ("a"):rep(127)
    while true do text.contains(s, p) end
  end,
}
