-- attack: keys that mean something elsewhere
-- at: weigh
-- expect: deterministic
-- result: I:n10_1234:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local w = data "keys"
    local n = 0
    for k, v in pairs(w) do n = n + v end
    balance:interest("n" .. n .. "_" .. w.__index .. w.known .. w.__gc .. w[""], 1, 1)
  end,
}
--== data/keys.json
{"__index":1,"known":2,"__gc":3,"":4}
