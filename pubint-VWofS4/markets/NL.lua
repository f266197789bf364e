-- The Netherlands: local context for every rule (R037, R044). It reads the signals below and
-- nothing else of a case, so without them it weighs nothing. What endangers people more counts under
-- every rule alike: a rule less likely to be excepted must not end up the more lenient one.
--
--   days_to_election      days until polling day, 0 on the day, negative afterwards
--   emergency_declared    true while an emergency order is in force where the Tweet works
--   target_under_threat   0..1, how far the person addressed is already being threatened
--   followed_by_incidents 0..1, how far like Tweets of this account were followed by incidents
--   parliamentary_debate  true when the words answer, or were spoken in, a debate of a chamber
local signals = require "signals"

return {
  market = "NL",
  language = "nl",
  teams = { "Public Policy Netherlands", "Trust & Safety Benelux" },
  consulted = {
    "civil society (press freedom)",
    "civil society (protection of minorities)",
    "election administration",
    "academia (Dutch parliamentary history)",
  },
  weigh = function(case, balance)
    local rule = case.violation.rule

    -- There is no silence before Dutch elections: campaigns go on while people vote. What counts is
    -- that wrong words about where or how to vote can no longer be put right in time.
    local days = signals.days(case, balance, "days_to_election")
    local eve = 0
    if rule == "election_integrity" and days and days >= 0 then
      eve = days <= 1 and 1 or days <= 3 and 0.5 or 0
    end
    balance:harm("election_eve", eve, 2)

    -- A mayor gives an emergency order where disorder is at hand: the street is tense already,
    -- and what a rule forbids does more there.
    local emergency = signals.flag(case, balance, "emergency_declared")
    balance:harm("emergency", emergency, 1)

    -- Politicians and journalists who live under threat, some of them guarded, are endangered by
    -- words that others shrug off; so are those who would have spoken next.
    local threat = signals.grade(case, balance, "target_under_threat")
    balance:harm("target_under_threat", threat, 2)

    -- R063: what happened after like Tweets is history that this case is judged in.
    balance:harm("followed_by_incidents", signals.grade(case, balance, "followed_by_incidents"), 1)

    -- What is said in a chamber stays in its records whatever a platform does, and voters hold
    -- members to it: the Tweet is part of the same record.
    balance:interest("parliamentary_record", signals.flag(case, balance, "parliamentary_debate"), 1)
  end,
}
