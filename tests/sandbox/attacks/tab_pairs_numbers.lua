-- attack: integers and floats as keys in one order
-- at: weigh
-- expect: deterministic
-- result: R:order:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = ""
    for k in pairs({ [2] = 1, [1.5] = 1, [-1] = 1, [2 ^ 53] = 1, [-math.huge] = 1, [math.huge] = 1, x = 1, [true] = 1, [false] = 1 }) do
      s = s .. tostring(k) .. " "
    end
    balance:condition("order", s == "-inf -1 1.5 2 9007199254740992 inf false true x ")
  end,
}
