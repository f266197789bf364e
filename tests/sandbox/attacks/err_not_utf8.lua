-- attack: a message that is not UTF-8
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    error("\xff\xfe")
  end,
}
