-- attack: an environment that is nil
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    _ENV = nil
    return x
  end,
}
