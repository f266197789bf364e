-- attack: places at the ends of the integers
-- at: weigh
-- expect: harmless
-- result: R:all:true;R:none:true;R:some:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local a, b, s = math.mininteger, math.maxinteger, "abc"
    balance:condition("all", s:sub(a, b) == s and s:sub(a) == s and s:sub(0, b) == s)
    balance:condition("none", s:sub(b, a) == "" and s:sub(b) == "" and s:sub(1, a) == "" and s:sub(4, 3) == "")
    balance:condition("some", s:sub(-2, b) == "bc" and s:sub(a, -2) == "ab" and s:sub(-2, -2) == "b")
  end,
}
