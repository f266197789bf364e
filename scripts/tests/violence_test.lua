-- rules/violence.lua: R073 to R077.
local function violence(facts)
  return evaluate(case(case { rule = "violence", kind = "threat" }, facts))
end

test("R074 the class is unlikely and the bar 3", function()
  local entry = violence({}).rules[1]
  expect(entry.class):is("unlikely")
  expect(entry.bar):is(3)
  expect(entry.margin):is(0)
  expect(entry.verdict):is("notice")
  expect(violence({ ["context.violence_link"] = 0.01 }).outcome):is("remove")
end)

each({
  { name = "R076 no link", link = 0, points = 3 },
  { name = "R076 half a link", link = 0.5, points = 1.5 },
  { name = "R076 a full link", link = 1, points = 0 },
}, function(row)
  local found = factor(violence { ["context.violence_link"] = row.link }, "attenuated_link")
  expect(found.points):is(row.points)
  expect(found.side):is("interest")
end)

test("R077 the public can learn of it nowhere else", function()
  local sole = factor(violence { ["context.sole_source"] = 1 }, "sole_source")
  expect(sole.points):is(3)
  expect(sole.side):is("interest")
end)

each({
  { name = "R076 a weak link", link = 0.499999, sole = 0, met = true },
  { name = "R076 at the limit", link = 0.5, sole = 0, met = false },
  { name = "R077 a sole source", link = 0.5, sole = 0.5, met = true },
  { name = "R077 below the limit", link = 0.5, sole = 0.499999, met = false },
  { name = "R076, R077 both", link = 0, sole = 1, met = true },
}, function(row)
  local evaluation = violence { ["context.violence_link"] = row.link, ["context.sole_source"] = row.sole,
    ["context.record_value"] = 1, ["context.office_relevance"] = 1 }
  expect(condition(evaluation, "weak_link_or_sole_source").met):is(row.met)
  expect(evaluation.outcome):is(row.met and "notice" or "remove")
end)

test("R075 indications of harm off the platform speak against it", function()
  local harm = { ["context.offline_harm"] = { likelihood = 1, severity = 1 } }
  expect(factor(violence(harm), "offline_harm").points):is(6)
end)
