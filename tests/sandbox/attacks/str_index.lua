-- attack: fields and numbers of a string
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = "abc"
    return s[1]
  end,
}
