-- attack: control characters and a terminal's escapes in a message
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    error("a\27[31mred\0\n\r\u{202E}b")
  end,
}
