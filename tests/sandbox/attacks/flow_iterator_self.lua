-- attack: a generic for over a function that returns itself
-- at: weigh
-- expect: limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local f
    f = function() return f end
    for g in f do g() end
  end,
}
