-- attack: returns a library
-- at: load
-- expect: refused-at-load
return string
