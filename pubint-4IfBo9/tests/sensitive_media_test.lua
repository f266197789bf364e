-- rules/sensitive_media.lua: R105 to R107.
local function media(facts, kind)
  return evaluate(case(case { rule = "sensitive_media", kind = kind }, facts))
end

test("R105 the class is possible and the bar 3.5", function()
  local enough = { ["context.public_concern"] = 0.5, ["context.record_value"] = 1 }
  local entry = media(enough, "graphic").rules[1]
  expect(entry.class):is("possible")
  expect(entry.bar):is(3.5)
  expect(entry.margin):is(0)
  expect(entry.verdict):is("notice")
  enough["context.record_value"] = 0.999999
  expect(media(enough, "graphic").outcome):is("remove")
end)

test("R106 the record of a historical event", function()
  local event = factor(media { ["context.historical_event"] = 1 }, "historical_event")
  expect(event.points):is(3)
  expect(event.side):is("interest")
end)

each({
  { name = "R105 shared for sadistic reasons", kind = "gratuitous", points = 3 },
  { name = "R105 shocking alone", kind = "graphic", points = 0 },
  { name = "R105 of a kind that nobody gave", points = 0 },
}, function(row)
  local found = factor(media({}, row.kind), "sadistic")
  expect(found.points):is(row.points)
  expect(found.side):is("harm")
end)

test("R107 likelihood and severity of harm speak against it, on the service too", function()
  local evaluation = media { ["context.offline_harm"] = { likelihood = 1, severity = 0.5 }, ["context.service_harm"] = 1 }
  expect(factor(evaluation, "offline_harm").points):is(2.5)
  expect(factor(evaluation, "probable_harm").points):is(4)
  expect(factor(evaluation, "service_harm").points):is(4)
end)
