-- rules/hateful_conduct.lua: R096 to R100.
local HATEFUL = { rule = "hateful_conduct", grounds = { "ethnicity" } }

local function hateful(facts)
  return evaluate(case(case(HATEFUL), facts))
end

test("R097 the class is possible and the bar 3.5", function()
  local enough = { ["context.public_concern"] = 0.5, ["context.record_value"] = 1 }
  local entry = hateful(enough).rules[1]
  expect(entry.class):is("possible")
  expect(entry.bar):is(3.5)
  expect(entry.margin):is(0)
  expect(entry.verdict):is("notice")
  enough["context.public_concern"] = 0.499999
  expect(hateful(enough).outcome):is("remove")
end)

each({
  { name = "R099 both", statement = 1, debate = 1, points = 3 },
  { name = "R099 half of each", statement = 0.5, debate = 0.5, points = 0.75 },
  { name = "R099 a statement outside a debate", statement = 1, debate = 0, points = 0 },
  { name = "R099 a debate without a statement", statement = 0, debate = 1, points = 0 },
}, function(row)
  local evaluation = hateful {
    ["context.political_statement"] = row.statement, ["context.public_debate"] = row.debate,
  }
  local found = factor(evaluation, "political_statement")
  expect(found.points):is(row.points)
  expect(found.side):is("interest")
end)

test("R098, R100 direct access and the record, against probable harm off the platform", function()
  local speaks = { ["context.public_concern"] = 1, ["context.office_relevance"] = 1, ["context.record_value"] = 1 }
  local before = hateful(speaks)
  expect(before.rules[1].interest):is(7)
  expect(before.outcome):is("notice")
  local harm = { ["context.offline_harm"] = { likelihood = 0.75, severity = 0.5 } }
  local after = evaluate(case(case(case(HATEFUL), speaks), harm))
  expect(factor(after, "offline_harm").points):is(1.875)
  expect(factor(after, "probable_harm").points):is(2.5)
  expect(after.outcome):is("remove")
end)
