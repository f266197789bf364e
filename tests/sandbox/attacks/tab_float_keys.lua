-- attack: floats that are integers are the same key
-- at: weigh
-- expect: deterministic
-- result: I:wxyqz:1:1;R:same:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = { [1] = "a", [2.0] = "b", [2^53] = "c" }
    balance:condition("same", #t == 2 and t[1.0] == "a" and t[1 << 53] == "c" and t[2] == "b")
    local s = ""
    for k, v in pairs { [1.5] = "y", [-1] = "x", [math.huge] = "z", [-math.huge] = "w", [3] = "q" } do s = s .. v end
    balance:interest(s, 1, 1)
  end,
}
