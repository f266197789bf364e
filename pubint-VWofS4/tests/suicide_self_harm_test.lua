-- rules/suicide_self_harm.lua: R081 to R086.
local function self_harm(facts, others)
  local made = case { rule = "suicide_self_harm", kind = "encouragement" }
  return evaluate(case(case(made, facts), others or {}))
end

-- Exactly at the bar, the door open as little as it may.
local ENOUGH = {
  ["context.public_concern"] = 1, ["context.record_value"] = 1, ["context.office_relevance"] = 0.75,
  ["context.hyperbole"] = 0.5,
}

test("R082 the class is unlikely and the bar 6.5", function()
  local entry = self_harm(ENOUGH).rules[1]
  expect(entry.class):is("unlikely")
  expect(entry.bar):is(6.5)
  expect(entry.margin):is(0)
  expect(entry.verdict):is("notice")
  expect(self_harm(ENOUGH, { ["context.office_relevance"] = 0.749999 }).outcome):is("remove")
end)

test("R082 the danger of contagion, on the service itself", function()
  local contagion = factor(self_harm { ["context.service_harm"] = 1 }, "service_harm")
  expect(contagion.points):is(4)
  expect(contagion.side):is("harm")
end)

each({
  { name = "R083 no hyperbole", hyperbole = 0, met = false },
  { name = "R083 not a strong one", hyperbole = 0.499999, met = false },
  { name = "R083 strongly hyperbolic", hyperbole = 0.5, met = true },
}, function(row)
  local evaluation = self_harm(ENOUGH, { ["context.hyperbole"] = row.hyperbole })
  expect(condition(evaluation, "hyperbole").met):is(row.met)
  expect(evaluation.outcome):is(row.met and "notice" or "remove")
end)

each({
  { name = "R084 at an official", kind = "official", hyperbole = 1, debate = 1, points = 3 },
  { name = "R084 at a public figure", kind = "public_figure", hyperbole = 0.5, debate = 0.5, points = 0.75 },
  { name = "R084 at a group", kind = "group", hyperbole = 1, debate = 1, points = 0 },
  { name = "R084 without hyperbole", kind = "official", hyperbole = 0, debate = 1, points = 0 },
  { name = "R084 outside a debate", kind = "official", hyperbole = 1, debate = 0, points = 0 },
}, function(row)
  local evaluation = self_harm {
    ["context.target.kind"] = row.kind, ["context.hyperbole"] = row.hyperbole,
    ["context.public_debate"] = row.debate,
  }
  local found = factor(evaluation, "political_hyperbole")
  expect(found.points):is(row.points)
  expect(found.side):is("interest")
end)

each({
  { name = "R085 at a private person", kind = "private_person", points = 4, common = 5 },
  { name = "R085 at one within a political context", kind = "private_person", context = 1, points = 4, common = 0 },
  { name = "R085 at an official", kind = "official", points = 0, common = 0 },
}, function(row)
  local target = { kind = row.kind, political_context = row.context or 0 }
  local evaluation = self_harm { ["context.target"] = target }
  expect(factor(evaluation, "private_person").points):is(row.points)
  expect(factor(evaluation, "private_person").side):is("harm")
  expect(factor(evaluation, "private_target").points):is(row.common)
end)

test("R086 likely harm off the platform speaks against it", function()
  local harm = { ["context.offline_harm"] = { likelihood = 1, severity = 1 } }
  expect(factor(self_harm(harm), "offline_harm").points):is(5)
  expect(factor(self_harm(harm), "probable_harm").points):is(10)
end)
