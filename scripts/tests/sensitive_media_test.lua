-- rules/sensitive_media.lua: R105 to R107.
local function media(facts)
  return evaluate(case(case { rule = "sensitive_media", kind = "graphic" }, facts))
end

test("R105 the class is possible and the bar 2", function()
  local entry = media({ ["context.record_value"] = 1 }).rules[1]
  expect(entry.class):is("possible")
  expect(entry.bar):is(2)
  expect(entry.margin):is(0)
  expect(entry.verdict):is("notice")
end)

test("R106 the record of a historical event", function()
  local event = factor(media { ["context.historical_event"] = 1 }, "historical_event")
  expect(event.points):is(3)
  expect(event.side):is("interest")
end)

test("R107 likelihood and severity of harm speak against it", function()
  local harm = { ["context.offline_harm"] = { likelihood = 1, severity = 0.5 } }
  expect(factor(media(harm), "offline_harm").points):is(3)
end)
