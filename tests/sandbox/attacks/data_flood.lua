-- attack: reads a long text of a data file without end
-- at: weigh
-- expect: limit-memory|limit-instructions|limit-time
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local w = data "words"
    while true do local s = w.long end
  end,
}
--== data/words.json
{"long":"«20000*abc»"}
