-- rules/election_integrity.lua: R087 to R090.
local function election(facts, others)
  return evaluate(case(case(case { rule = "election_integrity" }, facts), others or {}))
end

-- All that speaks for a Tweet under every rule: 12 points; R088 takes 2.5, the bar 7.
local BEST = {
  ["context.target.kind"] = "official", ["context.public_debate"] = 1, ["context.office_relevance"] = 1,
  ["context.geopolitical_clarity"] = 1, ["context.record_value"] = 1, ["context.public_concern"] = 1,
}

test("R090 the class is very unlikely and the bar 7", function()
  local entry = election(BEST).rules[1]
  expect(entry.class):is("very_unlikely")
  expect(entry.bar):is(7)
  expect(entry.interest):is(12)
  expect(entry.harm):is(2.5)
  expect(entry.margin):is(2.5)
  expect(entry.verdict):is("notice")
end)

test("R090 three ways of public interest are not enough, a fourth is", function()
  local three = { ["context.geopolitical_clarity"] = 0, ["context.record_value"] = 0 }
  expect(election(BEST, three).rules[1].margin):is(-1.5)
  expect(election(BEST, three).outcome):is("remove")
  expect(election(BEST, { ["context.geopolitical_clarity"] = 0 }).rules[1].margin):is(0.5)
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
  local evaluation = election(BEST, { ["context.rights_interference"] = unknown })
  expect(evaluation.basis):is("unassessed")
  expect(factor(evaluation, "rights_interference").strength):is(0.5)
end)

each({
  { name = "R089 what the public learns from an official having shared it", given = 1, points = 2 },
  { name = "R089 that an official shared it says nothing by itself", given = 0, points = 0 },
}, function(row)
  local shared = factor(election { ["context.official_conduct"] = row.given }, "official_conduct")
  expect(shared.points):is(row.points)
  expect(shared.side):is("interest")
end)

test("R087 misleading voters", function()
  local misleads = factor(election { ["context.misleads_voters"] = 1 }, "misleads_voters")
  expect(misleads.points):is(6)
  expect(misleads.side):is("harm")
end)
