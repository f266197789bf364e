-- attack: a constant for _ENV: unmended, 5.4.4 makes wrong code of it (CVE-2022-28805)
-- at: weigh
-- expect: error
-- line: 10
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local function f()
      local _ENV <const> = 11
      X = "hi"
    end
    f()
  end,
}
