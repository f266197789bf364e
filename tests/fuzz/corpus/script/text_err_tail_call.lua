return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local x = 1
    return error("here")
  end,
}
