-- attack: writes to a data file
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    data("words").a = 1
  end,
}
--== data/words.json
{"a":1}
