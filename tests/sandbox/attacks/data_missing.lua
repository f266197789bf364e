-- attack: a data file that is not there
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    data "wrods"
  end,
}
--== data/words.json
{}
