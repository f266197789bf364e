-- attack: replaces the balance for its own eyes only
-- at: weigh
-- expect: harmless
-- result: I:kept:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local real = balance
    balance = { interest = function() end }
    balance:interest("lost", 1, 1)
    real:interest("kept", 1, 1)
  end,
}
