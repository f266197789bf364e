-- attack: known of a fact that does not exist
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    case:known "context.hyperbol"
  end,
}
