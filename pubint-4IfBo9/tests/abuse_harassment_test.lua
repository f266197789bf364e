-- rules/abuse_harassment.lua: R101 to R104.
local function abuse(facts)
  return evaluate(case(case { rule = "abuse_harassment" }, facts))
end

test("R101 the class is possible and the bar 2.5", function()
  local enough = { ["context.public_concern"] = 0.5, ["context.record_value"] = 0.5 }
  local entry = abuse(enough).rules[1]
  expect(entry.class):is("possible")
  expect(entry.bar):is(2.5)
  expect(entry.margin):is(0)
  expect(entry.verdict):is("notice")
  enough["context.record_value"] = 0.499999
  expect(abuse(enough).outcome):is("remove")
end)

test("R103 insults in a heated debate", function()
  local heated = factor(abuse { ["context.heated_debate"] = 1 }, "heated_debate")
  expect(heated.points):is(2)
  expect(heated.side):is("interest")
end)

each({
  { name = "R104 a private person", kind = "private_person", context = 0, points = 5 },
  { name = "R104 half in a political context", kind = "private_person", context = 0.5, points = 2.5 },
  { name = "R104 within a political context", kind = "private_person", context = 1, points = 0 },
  { name = "R104 anybody else", kind = "official", context = 0, points = 0 },
}, function(row)
  local target = { kind = row.kind, political_context = row.context }
  local found = factor(abuse { ["context.target"] = target }, "private_target")
  expect(found.points):is(row.points)
  expect(found.side):is("harm")
end)

test("R102 direct access to officials, against severity and likelihood of harm", function()
  local speaks = { ["context.target.kind"] = "official", ["context.public_debate"] = 0.5, ["context.public_concern"] = 0.5 }
  expect(abuse(speaks).rules[1].margin):is(0.5)
  speaks["context.offline_harm"] = { likelihood = 0.5, severity = 0.25 }
  expect(abuse(speaks).rules[1].margin):is(-0.125)
  expect(abuse(speaks).outcome):is("remove")
end)

test("R102 harm that is probable weighs 8, less than under the rules that lean to removal", function()
  local evaluation = abuse { ["context.offline_harm"] = { likelihood = 1, severity = 0.5 } }
  expect(factor(evaluation, "offline_harm").points):is(2.5)
  expect(factor(evaluation, "probable_harm").points):is(4)
end)
