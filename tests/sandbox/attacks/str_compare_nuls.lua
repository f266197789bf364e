-- attack: comparing strings of NULs: each costs 65,536 calls of strcoll
-- at: weigh
-- expect: limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local a, n = ("\0"):rep(65535), 0
    local b = a .. "b"
    a = a .. "a"
    while true do if a < b then n = n + 1 end end
  end,
}
