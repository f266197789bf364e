-- attack: \K smuggled into a lookahead by a subroutine
-- at: weigh
-- expect: error|deterministic|limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("n" .. text.count("abababab", "(?(DEFINE)(?<k>ab\\K))(?=(?&k))"), 1, 1)
  end,
}
