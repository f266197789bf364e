-- attack: a module above its folder
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    require "../rules/violence"
  end,
}
