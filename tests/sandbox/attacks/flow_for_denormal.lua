-- attack: a float loop whose step is too small to move
-- at: weigh
-- expect: limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    for x = 0, 1, 0x1p-1074 do end
  end,
}
