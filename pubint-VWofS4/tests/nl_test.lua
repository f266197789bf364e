-- markets/NL.lua: R037, R044, R063.
local function nl(rule, signals)
  return evaluate { rule = rule, ["context.market"] = "NL", ["context.signals"] = signals }
end

-- Rule, signals, factor and its points.
each({
  { name = "polling day", rule = "election_integrity", signals = { days_to_election = 0 }, id = "election_eve", points = 2 },
  { name = "the eve", rule = "election_integrity", signals = { days_to_election = 1 }, id = "election_eve", points = 2 },
  { name = "between", rule = "election_integrity", signals = { days_to_election = 1.005 }, id = "election_eve", points = 1 },
  { name = "three days before", rule = "election_integrity", signals = { days_to_election = 3 }, id = "election_eve", points = 1 },
  { name = "four days before", rule = "election_integrity", signals = { days_to_election = 4 }, id = "election_eve", points = 0 },
  { name = "the day after", rule = "election_integrity", signals = { days_to_election = -1 }, id = "election_eve", points = 0 },
  { name = "no day known", rule = "election_integrity", signals = {}, id = "election_eve", points = 0 },
  { name = "another rule's eve", rule = "violence", signals = { days_to_election = 0 }, id = "election_eve", points = 0 },
  { name = "emergency and violence", rule = "violence", signals = { emergency_declared = true }, id = "emergency", points = 1 },
  { name = "emergency and hate", rule = "hateful_conduct", signals = { emergency_declared = true }, id = "emergency", points = 1 },
  { name = "emergency and media", rule = "sensitive_media", signals = { emergency_declared = true }, id = "emergency", points = 1 },
  { name = "emergency over", rule = "violence", signals = { emergency_declared = false }, id = "emergency", points = 0 },
  { name = "threatened, violence", rule = "violence", signals = { target_under_threat = 1 }, id = "target_under_threat", points = 2 },
  { name = "threatened, abuse", rule = "abuse_harassment", signals = { target_under_threat = 0.5 }, id = "target_under_threat", points = 1 },
  { name = "threatened, data", rule = "private_information", signals = { target_under_threat = 1 }, id = "target_under_threat", points = 2 },
  { name = "threatened, goods", rule = "regulated_goods", signals = { target_under_threat = 1 }, id = "target_under_threat", points = 2 },
  { name = "R063 incidents", rule = "regulated_goods", signals = { followed_by_incidents = 0.5 }, id = "followed_by_incidents", points = 0.5 },
  { name = "debate in a chamber", rule = "violence", signals = { parliamentary_debate = true }, id = "parliamentary_record", points = 1 },
}, function(row)
  local found = factor(nl(row.rule, row.signals), row.id)
  expect(found.points):is(row.points)
  expect(found.from):is("market")
  expect(found.side):is(row.id == "parliamentary_record" and "interest" or "harm")
end)

test("without signals the market adds nothing", function()
  local evaluation = nl("violence", {})
  expect(evaluation.market.script):is(true)
  expect(evaluation.rules[1].market.counted):is(0)
end)

test("what it adds is clamped at 3 points", function()
  local all = { emergency_declared = true, target_under_threat = 1, followed_by_incidents = 1 }
  local market = nl("violence", all).rules[1].market
  expect(market.harm):is(4)
  expect(market.counted):is(-3)
  expect(market.clamped):is(true)
end)

each({
  { name = "a flag", rule = "violence", signals = { emergency_declared = "yes" }, note = "true or false" },
  { name = "a grade", rule = "violence", signals = { target_under_threat = 1.01 }, note = "a number from 0 to 1" },
  { name = "a negative grade", rule = "violence", signals = { target_under_threat = -0.01 }, note = "a number from 0 to 1" },
  { name = "a word for a grade", rule = "violence", signals = { target_under_threat = "high" }, note = "a number from 0 to 1" },
  { name = "days", rule = "violence", signals = { days_to_election = "soon" }, note = "a number of days" },
}, function(row)
  local evaluation = nl(row.rule, row.signals)
  expect(evaluation.rules[1].notes[1]):contains("is not " .. row.note)
  expect(evaluation.rules[1].market.harm):is(0)
end)

test("signals that fit leave no note", function()
  local fitting = { emergency_declared = false, target_under_threat = 0, followed_by_incidents = 1, days_to_election = -3 }
  expect(nl("violence", fitting).rules[1].notes):is(nil)
end)

-- R044: what endangers people counts under every rule alike, so that local context leaves their order as it is.
test("R044 threats, emergency and incidents count the same under every rule", function()
  local all = { target_under_threat = 0.5, emergency_declared = true, followed_by_incidents = 0.5 }
  for _, rule in ipairs { "violence", "regulated_goods", "suicide_self_harm", "election_integrity", "private_information",
    "hateful_conduct", "abuse_harassment", "sensitive_media" } do
    expect(nl(rule, all).rules[1].market.counted):is(-2.5)
  end
end)
