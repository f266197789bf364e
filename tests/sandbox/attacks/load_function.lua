-- attack: returns a function
-- at: load
-- expect: refused-at-load
return function(case, balance) end
