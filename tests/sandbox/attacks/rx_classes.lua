-- attack: classes of Unicode in many scripts
-- at: weigh
-- expect: deterministic
-- result: R:case:true;R:digits:true;R:folds:true;R:letters:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("letters", text.count("Ünïcøde Ελληνικά кириллица 日本語 עברית العربية", "\\b\\p{L}+\\b") == 6)
    balance:condition("digits", text.count("1 ٢ ३ ４", "\\d") == 4)
    balance:condition("case", text.matches("STRASSE ΣΊΣΥΦΟΣ", "(?i)strasse σίσυφος"))
    balance:condition("folds", text.matches("\u{212A}", "(?i)^k$") and text.matches("\u{17F}", "(?i)^s$"))
  end,
}
