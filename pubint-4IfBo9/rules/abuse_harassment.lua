-- attack: the longest text there is
-- at: weigh
-- expect: harmless
-- result: R:m:true;R:n:true
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("n", text.count(case.tweet.text, "\u{1F600}") == 25000 and text.length(case.tweet.text) == 25000)
    balance:condition("m", text.matches(case.tweet.text, "\u{1F600}$") and #case.tweet.text == 100000)
  end,
}
