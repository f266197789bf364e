-- attack: numbers as texts: the ends of integers and doubles
-- at: weigh
-- expect: deterministic
-- result: I:n57:1:1;R:is:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = math.mininteger .. "" .. 1e100 .. -0.0 .. 2^63 .. 1e15 .. 0.1 + 0.2
    balance:interest("n" .. #s, 1, 1)
    balance:condition("is", s == "-92233720368547758081e+100-0.09.2233720368548e+181e+150.3")
  end,
}
