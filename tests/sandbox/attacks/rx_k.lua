-- attack: \K moves where a match begins
-- at: weigh
-- expect: deterministic
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s, e = text.find("xxabyy", "xa?\\Ka?b")
    balance:interest("f" .. tostring(s) .. "_" .. tostring(e) .. "_" .. text.count("aaa", "a\\K"), 1, 1)
  end,
}
