-- attack: passes the limit in its last instructions, behind which no hook comes
-- at: weigh
-- expect: limit-instructions
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = ("x"):rep(30000)
    for i = 1, 240 do local t = s .. s end
    local t
    «40*t = s .. s »
    balance:interest("late", 1, 1)
  end,
}
