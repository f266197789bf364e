-- attack: endless numbers as text
-- at: weigh
-- expect: limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local n = 0.5
    while true do n = #tostring(n) + 0.5 end
  end,
}
