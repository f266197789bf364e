-- attack: one file of data through two names, and its parts compared
-- at: weigh
-- expect: deterministic
-- result: R:key:true;R:same:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local a, b = data "words", data "words"
    balance:condition("same", a == b and a.list == b.list and a.list ~= a.other)
    local t = { [a.list] = 1 }
    balance:condition("key", t[b.list] == 1)
  end,
}
--== data/words.json
{"list":[1],"other":[1]}
