-- attack: separators that make the text too long
-- at: weigh
-- expect: error|limit-memory
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = {}
    for i = 1, 5000 do t[i] = "" end
    table.concat(t, ("x"):rep(60000))
  end,
}
