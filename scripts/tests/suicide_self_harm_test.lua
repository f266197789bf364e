-- rules/suicide_self_harm.lua: R081 to R086.
local function self_harm(facts)
  return evaluate(case(case { rule = "suicide_self_harm", kind = "encouragement" }, facts))
end

test("R082 the class is unlikely and the bar 4", function()
  local entry = self_harm({ ["context.record_value"] = 1, ["context.office_relevance"] = 1 }).rules[1]
  expect(entry.class):is("unlikely")
  expect(entry.bar):is(4)
  expect(entry.margin):is(0)
  expect(entry.verdict):is("notice")
end)

each({
  { name = "R083 at an official", kind = "official", hyperbole = 1, debate = 1, points = 3 },
  { name = "R084 at a public figure", kind = "public_figure", hyperbole = 0.5, debate = 0.5, points = 0.75 },
  { name = "R084 at a group", kind = "group", hyperbole = 1, debate = 1, points = 0 },
  { name = "R083 without hyperbole", kind = "official", hyperbole = 0, debate = 1, points = 0 },
  { name = "R083 outside a debate", kind = "official", hyperbole = 1, debate = 0, points = 0 },
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
  { name = "R085 at a private person", kind = "private_person", points = 4 },
  { name = "R085 at an official", kind = "official", points = 0 },
}, function(row)
  local found = factor(self_harm { ["context.target.kind"] = row.kind }, "private_target")
  expect(found.points):is(row.points)
  expect(found.side):is("harm")
end)

test("R086 likely harm off the platform speaks against it", function()
  local harm = { ["context.offline_harm"] = { likelihood = 1, severity = 1 } }
  expect(factor(self_harm(harm), "offline_harm").points):is(6)
end)
