-- attack: the iterator of ipairs called with other arguments
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local step = ipairs({})
    step(1, 2)
  end,
}
