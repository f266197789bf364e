-- attack: globals of a constant _ENV that is a string, then nil, in functions within functions
-- at: weigh
-- expect: error
-- line: 16
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local function f()
      local _ENV <const> = "a"
      return function() return sub end, upper, _ENV
    end
    local a, b, c = f()
    balance:condition("methods", a() == string.sub and b == string.upper and c == "a")
    local function g()
      local _ENV <const> = nil
      return function() return function() a.b.c = d(e) end end
    end
    g()()()
  end,
}
