-- attack: a text of a data file that is longer than a string may be
-- at: weigh
-- expect: limit-memory|error
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    return #data("words").long
  end,
}
--== data/words.json
{"long":"«70000*x»"}
