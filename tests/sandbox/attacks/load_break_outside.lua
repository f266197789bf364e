-- attack: a break outside a loop
-- at: load
-- expect: refused-at-load
break
