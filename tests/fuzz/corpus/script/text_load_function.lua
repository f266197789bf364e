return function(case, balance) end
