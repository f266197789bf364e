-- attack: places at both ends of the integers
-- at: weigh
-- expect: deterministic
-- result: I:abcac3:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s, m, n = "abc", math.mininteger, math.maxinteger
    local t = s:sub(m, n) .. s:sub(n, m) .. s:sub(m, m) .. s:sub(n, n) .. s:sub(0, 0) .. s:sub(-3, -3) .. s:sub(3, n)
    local b = select("#", s:byte(m, n)) + select("#", s:byte(n)) + select("#", s:byte(m, m))
    balance:interest(t .. b, 1, 1)
  end,
}
