-- attack: known of a group of facts
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    case:known "account"
  end,
}
