-- markets/IN.lua: R037, R044, R063.
local function india(rule, signals)
  return evaluate { rule = rule, ["context.market"] = "IN", ["context.signals"] = signals }
end

-- Rule, signals, factor and its points.
each({
  { name = "polling day", rule = "election_integrity", signals = { days_to_election = 0 }, id = "silence_period", points = 2 },
  { name = "the day before", rule = "election_integrity", signals = { days_to_election = 1 }, id = "silence_period", points = 2 },
  { name = "between", rule = "election_integrity", signals = { days_to_election = 1.005 }, id = "silence_period", points = 1 },
  { name = "two days before", rule = "election_integrity", signals = { days_to_election = 2 }, id = "silence_period", points = 1 },
  { name = "three days before", rule = "election_integrity", signals = { days_to_election = 3 }, id = "silence_period", points = 0 },
  { name = "the day after", rule = "election_integrity", signals = { days_to_election = -1 }, id = "silence_period", points = 0 },
  { name = "no day known", rule = "election_integrity", signals = {}, id = "silence_period", points = 0 },
  { name = "another rule's silence", rule = "violence", signals = { days_to_election = 0 }, id = "silence_period", points = 0 },
  { name = "model code", rule = "election_integrity", signals = { model_code_in_force = true }, id = "model_code", points = 1 },
  { name = "model code, other rule", rule = "violence", signals = { model_code_in_force = true }, id = "model_code", points = 0 },
  { name = "model code over", rule = "election_integrity", signals = {}, id = "model_code", points = 0 },
  { name = "tension, violence", rule = "violence", signals = { communal_tension = 0.5 }, id = "communal_tension", points = 1.5 },
  { name = "tension, hate", rule = "hateful_conduct", signals = { communal_tension = 1 }, id = "communal_tension", points = 3 },
  { name = "tension, media", rule = "sensitive_media", signals = { communal_tension = 1 }, id = "communal_tension", points = 3 },
  { name = "tension, abuse", rule = "abuse_harassment", signals = { communal_tension = 1 }, id = "communal_tension", points = 3 },
  { name = "tension, addresses", rule = "private_information", signals = { communal_tension = 1 }, id = "communal_tension", points = 3 },
  { name = "emergency", rule = "violence", signals = { emergency_declared = true }, id = "emergency", points = 1 },
  { name = "emergency, goods", rule = "regulated_goods", signals = { emergency_declared = true }, id = "emergency", points = 1 },
  { name = "emergency over", rule = "violence", signals = { emergency_declared = false }, id = "emergency", points = 0 },
  { name = "R063 incidents", rule = "regulated_goods", signals = { followed_by_incidents = 0.5 }, id = "followed_by_incidents", points = 0.5 },
  { name = "shutdown", rule = "violence", signals = { internet_shutdown = true }, id = "internet_shutdown", points = 1 },
}, function(row)
  local found = factor(india(row.rule, row.signals), row.id)
  expect(found.points):is(row.points)
  expect(found.from):is("market")
  expect(found.side):is(row.id == "internet_shutdown" and "interest" or "harm")
end)

each({
  { name = "in the silence", days = 1, met = false },
  { name = "as it begins", days = 2, met = true },
  { name = "before it", days = 5, met = true },
}, function(row)
  local evaluation = india("election_integrity", { days_to_election = row.days })
  expect(condition(evaluation, "outside_silence_period").met):is(row.met)
end)

test("without signals the market adds nothing", function()
  expect(india("violence", {}).rules[1].market.counted):is(0)
end)

test("what it adds is clamped at 3 points", function()
  local all = { communal_tension = 1, emergency_declared = true, followed_by_incidents = 1 }
  local market = india("violence", all).rules[1].market
  expect(market.harm):is(5)
  expect(market.counted):is(-3)
  expect(market.clamped):is(true)
end)

-- R044: what endangers people counts under every rule alike, so that local context leaves their order as it is.
test("R044 tension, emergency and incidents count the same under every rule", function()
  local all = { communal_tension = 0.25, emergency_declared = true, followed_by_incidents = 0.25 }
  for _, rule in ipairs { "violence", "regulated_goods", "suicide_self_harm", "election_integrity", "private_information",
    "hateful_conduct", "abuse_harassment", "sensitive_media" } do
    expect(india(rule, all).rules[1].market.counted):is(-2)
  end
end)
