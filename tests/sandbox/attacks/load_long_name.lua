-- attack: a name of 30,000 letters, unknown
-- at: load
-- expect: error
-- template: yes
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = «30000*x»() }
