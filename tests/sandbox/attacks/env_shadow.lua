-- attack: replaces the functions of the sandbox in its own environment only
-- at: weigh
-- expect: harmless
-- result: R:own:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    error, require, type = nil, nil, function() return "mine" end
    balance:condition("own", type(1) == "mine")
  end,
}
