-- The reference policy's numbers, version 2, typed from the design page and not taken from scripts/. `compare`
-- holds them against the page's own file where that is present. Strengths and conditions stand as the page
-- words them: expression.lua evaluates them, save the host's conditions, whose wording is no expression.

local function factor(id, side, weight, strength)
  return { id = id, side = side, weight = weight, strength = strength }
end

local OFFICIAL_CONDUCT = factor("official_conduct", "interest", 2, "official_conduct")
local PRIVATE_PERSON = factor("private_person", "harm", 4, "target.kind == private_person ? 1 : 0")

local PUBLIC_CONCERN = {
  id = "public_concern", from = "host",
  met = "public_concern > 0, or unknown (then it is unassessed)",
}
local DATA_OMITTED = {
  id = "data_omitted", from = "host",
  met = "kind posted or absent: the violation has at least one span;"
    .. " threat, incitement: met (spans unknown: unassessed)",
}

-- The rules under which actual or probable harm is said to weigh heaviest.
local HEAVIER = { probable_harm = 10 }

return {
  never_excepted = {
    "terrorism", "child_sexual_exploitation", "non_consensual_nudity", "sexual_violence", "copyright",
  },
  followers_limit_exclusive = 100000,
  market_sway_limit = 3,

  common = {
    factor("public_concern", "interest", 3, "public_concern"),
    factor("debate", "interest", 3,
      "target.kind in {official, institution} ? max(public_debate, call_to_protest) : 0"),
    factor("office_relevance", "interest", 2, "office_relevance"),
    factor("geopolitical_clarity", "interest", 2, "geopolitical_clarity"),
    factor("record", "interest", 2, "record_value"),
    factor("call_to_action", "harm", 6, "call_to_action"),
    factor("rights_interference", "harm", 5, "rights_interference"),
    factor("offline_harm", "harm", 5, "offline_harm.likelihood * offline_harm.severity"),
    factor("probable_harm", "harm", 8, "offline_harm.severity * max(0, 2 * offline_harm.likelihood - 1)"),
    factor("service_harm", "harm", 4, "service_harm"),
    factor("private_target", "harm", 5, "target.kind == private_person ? 1 - target.political_context : 0"),
  },

  -- A rule's `weights` and `strengths` stand in place of a common factor's own.
  rules = {
    violence = {
      class = "unlikely", bar = 3.5, weights = HEAVIER,
      factors = { factor("violence_link", "harm", 3, "violence_link") },
      conditions = {
        PUBLIC_CONCERN,
        { id = "weak_link_or_sole_source", met = "violence_link < 0.5 or sole_source >= 0.5" },
      },
    },
    regulated_goods = {
      class = "rare", bar = 5.5, weights = HEAVIER,
      factors = {
        factor("archive", "interest", 2, "record_value"),
        factor("facilitates_transaction", "harm", 3, "facilitates_transaction"),
      },
      conditions = { PUBLIC_CONCERN },
    },
    suicide_self_harm = {
      class = "unlikely", bar = 6.5, weights = HEAVIER,
      factors = {
        factor("political_hyperbole", "interest", 3,
          "target.kind in {official, public_figure} ? hyperbole * public_debate : 0"),
        PRIVATE_PERSON,
      },
      conditions = { PUBLIC_CONCERN, { id = "hyperbole", met = "hyperbole >= 0.5" } },
    },
    election_integrity = {
      class = "very_unlikely", bar = 7, weights = HEAVIER,
      strengths = { rights_interference = "max(rights_interference, 0.5)" },
      factors = {
        OFFICIAL_CONDUCT,
        factor("misleads_voters", "harm", 6, "misleads_voters"),
      },
      conditions = { PUBLIC_CONCERN },
    },
    private_information = {
      class = "unlikely", bar = 6, weights = HEAVIER,
      factors = { OFFICIAL_CONDUCT, PRIVATE_PERSON },
      conditions = { PUBLIC_CONCERN, DATA_OMITTED },
    },
    hateful_conduct = {
      class = "possible", bar = 3.5, weights = HEAVIER,
      factors = {
        factor("political_statement", "interest", 3, "political_statement * public_debate"),
      },
      conditions = { PUBLIC_CONCERN },
    },
    abuse_harassment = {
      class = "possible", bar = 2.5,
      factors = { factor("heated_debate", "interest", 2, "heated_debate") },
      conditions = { PUBLIC_CONCERN },
    },
    sensitive_media = {
      class = "possible", bar = 3.5,
      factors = {
        factor("historical_event", "interest", 3, "historical_event"),
        factor("sadistic", "harm", 3, "violation.kind == gratuitous ? 1 : 0"),
      },
      conditions = { PUBLIC_CONCERN },
    },
  },
}
