-- India: local context for every rule (R037, R044). It reads the signals below and nothing else of a
-- case, so without them it weighs nothing. What endangers people more counts under every rule alike: a
-- rule less likely to be excepted must not end up the more lenient one.
--
--   days_to_election      days until polling where the Tweet works, 0 on the day, negative afterwards
--   model_code_in_force   true from the announcement of an election until its result
--   communal_tension      0..1, tension between communities where the Tweet works
--   emergency_declared    true while assemblies are prohibited or a curfew is in force there
--   followed_by_incidents 0..1, how far like Tweets of this account were followed by incidents
--   internet_shutdown     true while the internet is shut down where the Tweet tells from
local signals = require "signals"

return {
  market = "IN",
  language = "en", -- one of many; notices fall back to it
  teams = { "Public Policy India", "Trust & Safety South Asia" },
  consulted = {
    "civil society (digital rights)",
    "civil society (relations between communities)",
    "election administration",
    "academia (Indian constitutional law)",
  },
  weigh = function(case, balance)
    local rule = case.violation.rule
    local elections = rule == "election_integrity"

    -- For the 48 hours up to the close of the poll the law imposes silence, so that nobody can
    -- answer any more. It begins in the evening two days before; full silence is a condition, since
    -- a market may narrow at will.
    local days = signals.days(case, balance, "days_to_election")
    local silence = 0
    if elections and days and days >= 0 then silence = days <= 1 and 1 or days <= 2 and 0.5 or 0 end
    balance:harm("silence_period", silence, 2)
    balance:condition("outside_silence_period", silence < 1,
      "the law silences the 48 hours before the poll closes")

    -- The model code of conduct binds those in office not to use it for the campaign.
    local code = signals.flag(case, balance, "model_code_in_force")
    balance:harm("model_code", elections and code or 0, 1)

    -- Words do most harm where communities already stand against each other; rumours, pictures and
    -- addresses have set crowds in motion.
    local tension = signals.grade(case, balance, "communal_tension")
    balance:harm("communal_tension", tension, 3)

    -- Assemblies are prohibited where disorder is at hand: the street is tense already.
    local emergency = signals.flag(case, balance, "emergency_declared")
    balance:harm("emergency", emergency, 1)

    -- R063: what happened after like Tweets is history that this case is judged in.
    balance:harm("followed_by_incidents", signals.grade(case, balance, "followed_by_incidents"), 1)

    -- During a shutdown, officials may be the only ones heard from there, and what they say then
    -- is what they will have to answer for.
    balance:interest("internet_shutdown", signals.flag(case, balance, "internet_shutdown"), 1)
  end,
}
