-- attack: a loop whose limit is a numeral of 64 KiB, read anew each time
-- at: weigh
-- expect: limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = "0x" .. ("0"):rep(65000) .. "1"
    while true do for i = 1, s do end end
  end,
}
