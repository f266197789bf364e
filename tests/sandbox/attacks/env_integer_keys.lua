-- attack: keys that are no names in the environment
-- at: weigh
-- expect: error
-- line: 10
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    _ENV[1], _ENV[true], _ENV[case] = 1, 2, 3
    balance:condition("kept", _ENV[1] + _ENV[true] + _ENV[case] == 6)
    return _ENV[2]
  end,
}
