-- attack: a name of the environment set to nil is unknown no more: the host's shows again
-- at: weigh
-- expect: harmless
-- result: R:back:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    string = 1
    string = nil
    balance:condition("back", string.rep("x", 2) == "xx")
  end,
}
