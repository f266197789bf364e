-- attack: subroutines that call each other fiftyfold
-- at: weigh
-- expect: limit-instructions|error|limit-time|harmless
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    text.matches(("a"):rep(3000), "(?(DEFINE)(?<a>(?&b)(?&b))(?<b>(?&c)(?&c))(?<c>(?&d)(?&d))(?<d>(?&e)(?&e))(?<e>a*?))(?&a)(?&a)$x")
  end,
}
