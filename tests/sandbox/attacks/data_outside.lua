-- attack: places outside a list
-- at: weigh
-- expect: harmless
-- result: R:nil:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local list = data("words").list
    local a, b = list[0], list[math.mininteger]
    balance:condition("nil", a == nil and b == nil and list[3] == nil and list.x == nil and list[1.5] == nil and #list == 2)
  end,
}
--== data/words.json
{"list":[1,2]}
