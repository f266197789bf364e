-- attack: writes to a list within a data file
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    data("words").list[1] = 1
  end,
}
--== data/words.json
{"list":[1,2]}
