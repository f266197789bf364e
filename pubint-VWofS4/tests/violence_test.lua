-- rules/violence.lua: R073 to R077.
local function violence(facts)
  return evaluate(case(case { rule = "violence", kind = "threat" }, facts))
end

test("R074 the class is unlikely and the bar 3.5", function()
  local enough = { ["context.public_concern"] = 0.5, ["context.record_value"] = 1 }
  local entry = violence(enough).rules[1]
  expect(entry.class):is("unlikely")
  expect(entry.bar):is(3.5)
  expect(entry.margin):is(0)
  expect(entry.verdict):is("notice")
  enough["context.violence_link"] = 0.01
  expect(violence(enough).outcome):is("remove")
end)

each({
  { name = "R076 no link", link = 0, points = 0 },
  { name = "R076 half a link", link = 0.5, points = 1.5 },
  { name = "R076 a full link", link = 1, points = 3 },
}, function(row)
  local found = factor(violence { ["context.violence_link"] = row.link }, "violence_link")
  expect(found.points):is(row.points)
  expect(found.side):is("harm")
end)

test("R076, R077 a door that is open says nothing for the Tweet", function()
  local closed = violence { ["context.violence_link"] = 0.5 }
  local open = violence { ["context.violence_link"] = 0.5, ["context.sole_source"] = 1 }
  expect(condition(closed, "weak_link_or_sole_source").met):is(false)
  expect(condition(open, "weak_link_or_sole_source").met):is(true)
  expect(open.rules[1].interest):is(0)
  expect(open.rules[1].margin):is(closed.rules[1].margin)
end)

each({
  { name = "R076 a weak link", link = 0.499999, sole = 0, met = true },
  { name = "R076 at the limit", link = 0.5, sole = 0, met = false },
  { name = "R077 a sole source", link = 0.5, sole = 0.5, met = true },
  { name = "R077 below the limit", link = 0.5, sole = 0.499999, met = false },
  { name = "R076, R077 both", link = 0, sole = 1, met = true },
}, function(row)
  local evaluation = violence { ["context.violence_link"] = row.link, ["context.sole_source"] = row.sole,
    ["context.public_concern"] = 1, ["context.record_value"] = 1, ["context.office_relevance"] = 1 }
  expect(condition(evaluation, "weak_link_or_sole_source").met):is(row.met)
  expect(evaluation.outcome):is(row.met and "notice" or "remove")
end)

test("R075 indications of harm off the platform speak against it", function()
  local harm = { ["context.offline_harm"] = { likelihood = 1, severity = 1 } }
  expect(factor(violence(harm), "offline_harm").points):is(5)
  expect(factor(violence(harm), "probable_harm").points):is(10)
end)
