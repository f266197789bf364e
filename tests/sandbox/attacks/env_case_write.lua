-- attack: a handle as the environment: writes
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local _ENV = case
    tweet = nil
  end,
}
