-- attack: a handle as a to-be-closed variable
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local x <close> = case
  end,
}
