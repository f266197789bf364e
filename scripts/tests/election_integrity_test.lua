-- rules/election_integrity.lua: R087 to R090.
local function election(facts)
  return evaluate(case(case { rule = "election_integrity" }, facts))
end

-- The most that can speak for it: 10 points; R088 takes 2.5, the bar 5.
local BEST = {
  ["context.target.kind"] = "official", ["context.public_debate"] = 1, ["context.office_relevance"] = 1,
  ["context.geopolitical_clarity"] = 1, ["context.record_value"] = 1,
}

test("R090 the class is very unlikely and the bar 5", function()
  local entry = election(BEST).rules[1]
  expect(entry.class):is("very_unlikely")
  expect(entry.bar):is(5)
  expect(entry.interest):is(10)
  expect(entry.harm):is(2.5)
  expect(entry.margin):is(2.5)
  expect(entry.verdict):is("notice")
end)

each({
  { name = "R088 presumed at 0", given = 0, strength = 0.5 },
  { name = "R088 presumed below a half", given = 0.4, strength = 0.5 },
  { name = "R088 assessed above a half", given = 0.8, strength = 0.8 },
}, function(row)
  local evaluation = election { ["context.rights_interference"] = row.given }
  expect(factor(evaluation, "rights_interference").strength):is(row.strength)
end)

test("R088 a presumption is no assessment", function()
  local facts = case(case { rule = "election_integrity" }, BEST)
  local evaluation = evaluate(case(facts, { ["context.rights_interference"] = unknown }))
  expect(evaluation.basis):is("unassessed_harm")
  expect(factor(evaluation, "rights_interference").strength):is(0.5)
end)

test("R089 that an official shared it may be of interest", function()
  local shared = factor(election {}, "shared_by_official")
  expect(shared.points):is(1)
  expect(shared.side):is("interest")
end)

test("R087 misleading voters", function()
  local misleads = factor(election { ["context.misleads_voters"] = 1 }, "misleads_voters")
  expect(misleads.points):is(6)
  expect(misleads.side):is("harm")
end)
