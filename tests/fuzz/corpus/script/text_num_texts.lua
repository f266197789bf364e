return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("floats", tostring(2.0 ^ 63) == "9.2233720368548e+18" and tostring(1e15) == "1e+15" and tostring(-0.0) == "-0.0")
    balance:condition("integers", tostring(math.mininteger) == "-9223372036854775808" and 1e15 .. "" == "1e+15" and 10 .. "" == "10")
  end,
}
