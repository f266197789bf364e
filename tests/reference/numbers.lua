-- The reference policy's numbers, typed from the design page and not taken from scripts/. `compare` holds
-- them against the page's own file where that is present. Strengths and conditions stand as the page words
-- them; expression.lua evaluates them.

local function factor(id, side, weight, strength)
  return { id = id, side = side, weight = weight, strength = strength }
end

local SHARED_BY_OFFICIAL = factor("shared_by_official", "interest", 1, "1")
local PRIVATE_TARGET = factor("private_target", "harm", 4, "target.kind == private_person ? 1 : 0")

return {
  never_excepted = {
    "terrorism", "child_sexual_exploitation", "non_consensual_nudity", "sexual_violence", "copyright",
  },
  followers_limit_exclusive = 100000,
  market_sway_limit = 3,

  common = {
    factor("debate", "interest", 3,
      "target.kind in {official, institution} ? max(public_debate, call_to_protest) : 0"),
    factor("office_relevance", "interest", 2, "office_relevance"),
    factor("geopolitical_clarity", "interest", 2, "geopolitical_clarity"),
    factor("record", "interest", 2, "record_value"),
    factor("call_to_action", "harm", 6, "call_to_action"),
    factor("rights_interference", "harm", 5, "rights_interference"),
    factor("offline_harm", "harm", 6, "offline_harm.likelihood * offline_harm.severity"),
  },

  rules = {
    violence = {
      class = "unlikely", bar = 3,
      factors = {
        factor("attenuated_link", "interest", 3, "1 - violence_link"),
        factor("sole_source", "interest", 3, "sole_source"),
      },
      conditions = {
        { id = "weak_link_or_sole_source", met = "violence_link < 0.5 or sole_source >= 0.5" },
      },
    },
    regulated_goods = {
      class = "rare", bar = 3,
      factors = {
        factor("archive", "interest", 2, "record_value"),
        factor("facilitates_transaction", "harm", 3, "facilitates_transaction"),
      },
      conditions = {},
    },
    suicide_self_harm = {
      class = "unlikely", bar = 4,
      factors = {
        factor("political_hyperbole", "interest", 3,
          "target.kind in {official, public_figure} ? hyperbole * public_debate : 0"),
        PRIVATE_TARGET,
      },
      conditions = {},
    },
    election_integrity = {
      class = "very_unlikely", bar = 5,
      instead = { rights_interference = "max(rights_interference, 0.5)" },
      factors = {
        SHARED_BY_OFFICIAL,
        factor("misleads_voters", "harm", 6, "misleads_voters"),
      },
      conditions = {},
    },
    private_information = {
      class = "unlikely", bar = 4,
      factors = { SHARED_BY_OFFICIAL, PRIVATE_TARGET },
      conditions = {
        {
          id = "data_omitted", from = "host",
          met = "violation.kind in {threat, incitement} or the violation has spans",
        },
      },
    },
    hateful_conduct = {
      class = "possible", bar = 2,
      factors = {
        factor("political_statement", "interest", 3, "political_statement * public_debate"),
      },
      conditions = {},
    },
    abuse_harassment = {
      class = "possible", bar = 1,
      factors = {
        factor("heated_debate", "interest", 2, "heated_debate"),
        factor("private_target", "harm", 4,
          "target.kind == private_person ? 1 - target.political_context : 0"),
      },
      conditions = {},
    },
    sensitive_media = {
      class = "possible", bar = 2,
      factors = { factor("historical_event", "interest", 3, "historical_event") },
      conditions = {},
    },
  },
}
