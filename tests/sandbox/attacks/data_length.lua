-- attack: the length of an object
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    return #data "words"
  end,
}
--== data/words.json
{"a":1}
