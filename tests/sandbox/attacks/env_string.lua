-- attack: a string as the environment
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local _ENV = "abc"
    return len(1, 2), undefined_name
  end,
}
