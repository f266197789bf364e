-- attack: texts as numbers
-- at: weigh
-- expect: deterministic
-- result: R:good:true;R:none:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local function none(s, base) return tonumber(s, base) == nil end
    balance:condition("good", tonumber("0x1p4") == 16 and tonumber(" 10 ") == 10 and tonumber("zz", 36) == 1295 and tonumber("-ff", 16) == -255)
    balance:condition("none", none("nan") and none("inf") and none("10a") and none("1_0") and none("") and none("9", 8) and none("1\0") and none(("1"):rep(201)))
  end,
}
