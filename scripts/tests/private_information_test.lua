-- rules/private_information.lua: R091 to R095.
local POSTED = {
  rule = "private_information", kind = "posted",
  ["tweet.text"] = "Call 555 0100 now", spans = { { start = 5, ["end"] = 13, kind = "phone" } },
}

local function posted(facts)
  return evaluate(case(case(POSTED), facts))
end

test("R093 the class is unlikely and the bar 4", function()
  local entry = posted({ ["context.record_value"] = 1, ["context.office_relevance"] = 0.5 }).rules[1]
  expect(entry.class):is("unlikely")
  expect(entry.bar):is(4)
  expect(entry.margin):is(0)
  expect(entry.verdict):is("notice")
end)

test("R094 that an official shared it may be of interest", function()
  local shared = factor(posted {}, "shared_by_official")
  expect(shared.points):is(1)
  expect(shared.side):is("interest")
end)

each({
  { name = "R093 a private person", kind = "private_person", points = 4 },
  { name = "R093 an official", kind = "official", points = 0 },
}, function(row)
  local found = factor(posted { ["context.target.kind"] = row.kind }, "private_target")
  expect(found.points):is(row.points)
  expect(found.side):is("harm")
end)

test("R095 the data itself is left out", function()
  local enough = { ["context.record_value"] = 1, ["context.office_relevance"] = 1 }
  expect(posted(enough).redacted_text):is("Call █████ now")
  expect(condition(posted(enough), "data_omitted").met):is(true)
  local whole = case(case { rule = "private_information", kind = "posted" }, enough)
  expect(condition(evaluate(whole), "data_omitted").met):is(false)
  expect(evaluate(whole).outcome):is("remove")
end)
