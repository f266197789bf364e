-- attack: a generic for with a closing value of the script
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    for k in pairs({ 1 }), nil, nil, {} do end
  end,
}
