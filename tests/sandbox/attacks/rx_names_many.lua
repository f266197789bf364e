-- attack: as many names and groups as fit
-- at: weigh
-- expect: error|harmless
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local p = ""
    for i = 1, 24 do p = p .. "(?<a" .. i .. ">)" end
    balance:condition("m", text.matches("", p))
  end,
}
