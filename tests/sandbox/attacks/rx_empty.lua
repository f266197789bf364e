-- attack: matches of nothing
-- at: weigh
-- expect: deterministic
-- result: I:n4_1_3_2:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("n" .. text.count("aaa", "") .. "_" .. text.count("", "") .. "_" .. text.count("éé", "x*") .. "_" .. text.count("ab", "\\b"), 1, 1)
  end,
}
