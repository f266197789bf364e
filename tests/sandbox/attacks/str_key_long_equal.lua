-- attack: long equal texts as keys, made anew each time
-- at: weigh
-- expect: limit-instructions|limit-time|limit-memory
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t, n = {}, 0
    while true do
      n = n + 1
      t[("k"):rep(60000) .. n % 7] = n
    end
  end,
}
