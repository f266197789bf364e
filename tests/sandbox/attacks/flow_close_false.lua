-- attack: false and nil may be to-be-closed
-- at: weigh
-- expect: harmless
-- result: I:ok:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local x <close> = nil
    local y <close> = false
    balance:interest("ok", 1, 1)
  end,
}
