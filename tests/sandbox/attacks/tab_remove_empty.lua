-- attack: removes from an empty table where that is allowed
-- at: weigh
-- expect: harmless
-- result: R:nil:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("nil", table.remove({}) == nil and table.remove({}, 0) == nil and table.remove({}, 1) == nil)
  end,
}
