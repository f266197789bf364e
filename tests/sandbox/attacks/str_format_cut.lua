-- attack: a form that ends within a directive
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    string.format("100%")
  end,
}
