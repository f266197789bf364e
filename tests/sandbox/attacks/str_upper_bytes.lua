-- attack: letters beyond ASCII stay as they are
-- at: weigh
-- expect: deterministic
-- result: R:same:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("same", ("\xff\xe9ä"):upper() == "\xff\xe9ä" and ("ÄZ"):lower() == "Äz")
  end,
}
