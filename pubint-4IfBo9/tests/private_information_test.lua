-- rules/private_information.lua: R091 to R095.
local POSTED = {
  rule = "private_information", kind = "posted",
  ["tweet.text"] = "Call 555 0100 now", spans = { { start = 5, ["end"] = 13, kind = "phone" } },
}

local function posted(facts, others)
  return evaluate(case(case(case(POSTED), facts), others or {}))
end

-- Exactly at the bar.
local ENOUGH = { ["context.public_concern"] = 1, ["context.record_value"] = 1, ["context.office_relevance"] = 0.5 }

test("R093 the class is unlikely and the bar 6", function()
  local entry = posted(ENOUGH).rules[1]
  expect(entry.class):is("unlikely")
  expect(entry.bar):is(6)
  expect(entry.margin):is(0)
  expect(entry.verdict):is("notice")
  expect(posted(ENOUGH, { ["context.office_relevance"] = 0.499999 }).outcome):is("remove")
end)

each({
  { name = "R094 what the public learns from an official having shared it", given = 1, points = 2 },
  { name = "R094 that an official shared it says nothing by itself", given = 0, points = 0 },
}, function(row)
  local shared = factor(posted { ["context.official_conduct"] = row.given }, "official_conduct")
  expect(shared.points):is(row.points)
  expect(shared.side):is("interest")
end)

each({
  { name = "R093 a private person", kind = "private_person", points = 4, common = 5 },
  { name = "R093 one within a political context", kind = "private_person", context = 1, points = 4, common = 0 },
  { name = "R093 an official", kind = "official", points = 0, common = 0 },
}, function(row)
  local target = { kind = row.kind, political_context = row.context or 0 }
  local evaluation = posted { ["context.target"] = target }
  expect(factor(evaluation, "private_person").points):is(row.points)
  expect(factor(evaluation, "private_person").side):is("harm")
  expect(factor(evaluation, "private_target").points):is(row.common)
end)

test("R093 what victims suffer on the service itself", function()
  expect(factor(posted { ["context.service_harm"] = 0.5 }, "service_harm").points):is(2)
end)

test("R095 the data itself is left out, wherever it stands", function()
  expect(posted(ENOUGH).redacted_text):is("Call █████ now")
  expect(condition(posted(ENOUGH), "data_omitted").met):is(true)
  local again = { ["tweet.text"] = "Call 555 0100 now: 555 0100" }
  expect(posted(ENOUGH, again).redacted_text):is("Call █████ now: █████")
  local whole = case(case { rule = "private_information", kind = "posted" }, ENOUGH)
  expect(condition(evaluate(whole), "data_omitted").met):is(false)
  expect(evaluate(whole).outcome):is("remove")
end)

test("R092, R095 a threat to publish may hold the data: somebody must have looked", function()
  local threat = case(case { rule = "private_information", kind = "threat" }, ENOUGH)
  expect(evaluate(threat).basis):is("unassessed")
  expect(evaluate(threat).rules[1].unassessed):contains("violations.spans")
  local looked = case(case { rule = "private_information", kind = "threat", spans = {} }, ENOUGH)
  expect(evaluate(looked).outcome):is("notice")
end)
