-- attack: returns a handle
-- at: load
-- expect: refused-at-load
return data "words"
--== data/words.json
{"rule":"abuse_harassment"}
