-- attack: the iterator of pairs called with other arguments, and once more after its end
-- at: weigh
-- expect: harmless
-- result: R:own:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local step = pairs({ a = 1 })
    local k, v = step(1, 2, 3)
    balance:condition("own", k == "a" and v == 1 and step(case) == nil and step() == nil)
  end,
}
