-- attack: a hundred thousand globals
-- at: weigh
-- expect: limit-memory|limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    for i = 1, 100000 do _ENV["g" .. i] = i end
  end,
}
