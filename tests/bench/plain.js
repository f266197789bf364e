// The reference policy as a plain Node script: what a team would write without pubint. Cases in, evaluations
// out, the same members with the same values; no checking of the input, no sandbox, no market scripts.
//   node plain.js CASES >EVALUATIONS
"use strict";
const fs = require("fs");

const WORDS = { none: 0, low: 0.25, medium: 0.5, high: 0.75, severe: 1 };
const NEVER = new Set(["terrorism", "child_sexual_exploitation", "non_consensual_nudity", "sexual_violence",
  "copyright"]);
const FACTS = ["target.kind", "target.political_context", "public_concern", "public_debate", "call_to_protest",
  "office_relevance", "geopolitical_clarity", "record_value", "sole_source", "hyperbole",
  "political_statement", "heated_debate", "historical_event", "official_conduct", "call_to_action",
  "rights_interference", "violence_link", "misleads_voters", "facilitates_transaction", "service_harm",
  "offline_harm.likelihood", "offline_harm.severity"];
const PLACE = new Map(FACTS.map((fact, place) => [fact, place]));
const HARMS = new Set(["target.kind", "call_to_action", "rights_interference", "violence_link",
  "misleads_voters", "facilitates_transaction", "service_harm", "offline_harm.likelihood",
  "offline_harm.severity"]);
const ASSESSED = ["public_concern", "call_to_action", "rights_interference", "offline_harm.likelihood",
  "offline_harm.severity"];
const IN_ORDER = (a, b) => PLACE.get(a) - PLACE.get(b);
const paths = (set) => [...set].sort(IN_ORDER).map((fact) => "context." + fact);

// What the scripts read of one context; `unknown` collects what they asked for in vain.
class Facts {
  constructor(context) {
    this.context = context || {};
    this.unknown = new Set();
  }
  value(name) {
    const dot = name.indexOf(".");
    if (dot < 0) return this.context[name];
    const inner = this.context[name.slice(0, dot)];
    return inner == null ? undefined : inner[name.slice(dot + 1)];
  }
  known(name) {
    return this.value(name) != null;
  }
  word(name) {
    const value = this.value(name);
    if (value == null) this.unknown.add(name);
    return value;
  }
  strength(name) {
    const value = this.value(name);
    if (value == null) {
      this.unknown.add(name);
      return 0;
    }
    if (typeof value === "number") return Math.floor(value * 1e6 + 0.5) / 1e6;
    return typeof value === "boolean" ? Number(value) : WORDS[value];
  }
}

class Balance {
  constructor() {
    this.factors = [];
    this.conditions = [];
    this.interest = 0;
    this.harm = 0;
  }
  put(side, id, strength, weight) {
    const micro = Math.floor(strength * 1e6 + 0.5);
    const points = micro * (weight * 1000);
    this[side] += points;
    this.factors.push({ id, side, from: "rule", strength: micro / 1e6, weight, points: points / 1e9 });
  }
  for(id, strength, weight) {
    this.put("interest", id, strength, weight);
  }
  against(id, strength, weight) {
    this.put("harm", id, strength, weight);
  }
  condition(id, met, from = "rule") {
    this.conditions.push({ id, from, met });
  }
}

function common(facts, balance, { presumed = 0, probable = 10 } = {}) {
  const target = facts.word("target.kind");
  const debate = target === "official" || target === "institution";
  balance.for("public_concern", facts.strength("public_concern"), 3);
  balance.for("debate", debate ? Math.max(facts.strength("public_debate"), facts.strength("call_to_protest")) : 0, 3);
  balance.for("office_relevance", facts.strength("office_relevance"), 2);
  balance.for("geopolitical_clarity", facts.strength("geopolitical_clarity"), 2);
  balance.for("record", facts.strength("record_value"), 2);
  balance.against("call_to_action", facts.strength("call_to_action"), 6);
  balance.against("rights_interference", Math.max(facts.strength("rights_interference"), presumed), 5);
  const likelihood = facts.strength("offline_harm.likelihood"), severity = facts.strength("offline_harm.severity");
  balance.against("offline_harm", likelihood * severity, 5);
  balance.against("probable_harm", severity * Math.max(0, 2 * likelihood - 1), probable);
  balance.against("service_harm", facts.strength("service_harm"), 4);
  balance.against("private_target",
    target === "private_person" ? 1 - facts.strength("target.political_context") : 0, 5);
  return target;
}

const RULES = {
  violence: { class: "unlikely", bar: 3.5, weigh(facts, balance) {
    common(facts, balance);
    const link = facts.strength("violence_link");
    balance.against("violence_link", link, 3);
    balance.condition("weak_link_or_sole_source", link < 0.5 || facts.strength("sole_source") >= 0.5);
  } },
  regulated_goods: { class: "rare", bar: 5.5, weigh(facts, balance) {
    common(facts, balance);
    balance.for("archive", facts.strength("record_value"), 2);
    balance.against("facilitates_transaction", facts.strength("facilitates_transaction"), 3);
  } },
  suicide_self_harm: { class: "unlikely", bar: 6.5, weigh(facts, balance) {
    const target = common(facts, balance);
    balance.for("political_hyperbole", target === "official" || target === "public_figure"
      ? facts.strength("hyperbole") * facts.strength("public_debate") : 0, 3);
    balance.against("private_person", target === "private_person" ? 1 : 0, 4);
    balance.condition("hyperbole", facts.strength("hyperbole") >= 0.5);
  } },
  election_integrity: { class: "very_unlikely", bar: 7, weigh(facts, balance) {
    common(facts, balance, { presumed: 0.5 });
    balance.for("official_conduct", facts.strength("official_conduct"), 2);
    balance.against("misleads_voters", facts.strength("misleads_voters"), 6);
  } },
  private_information: { class: "unlikely", bar: 6, weigh(facts, balance) {
    const target = common(facts, balance);
    balance.for("official_conduct", facts.strength("official_conduct"), 2);
    balance.against("private_person", target === "private_person" ? 1 : 0, 4);
  } },
  hateful_conduct: { class: "possible", bar: 3.5, weigh(facts, balance) {
    common(facts, balance);
    balance.for("political_statement", facts.strength("political_statement") * facts.strength("public_debate"), 3);
  } },
  abuse_harassment: { class: "possible", bar: 2.5, weigh(facts, balance) {
    common(facts, balance, { probable: 8 });
    balance.for("heated_debate", facts.strength("heated_debate"), 2);
  } },
  sensitive_media: { class: "possible", bar: 3.5, weigh(facts, balance, violation) {
    common(facts, balance, { probable: 8 });
    balance.for("historical_event", facts.strength("historical_event"), 3);
    balance.against("sadistic", violation.kind === "gratuitous" ? 1 : 0, 3);
  } },
};

function office(account, facts, missing) {
  const of = (key) => facts[key] ?? null;
  const lacks = (path) => (missing.push("account.office." + path), "unknown");
  if (account.authentic === false) return ["fail", "authentic"];
  if (account.kind === "party" || account.kind === "media") return ["fail", "kind"];
  const status = of("status"), branch = of("branch"), selection = of("selection"), leads = of("leadership");
  if (status === "former" || status === "none") return ["fail"];
  if (status === null) return [lacks("status")];
  if (branch === null || branch === "judicial" || branch === "military") return [lacks("branch")];
  if (branch === "other") return ["fail"];
  if (status !== "holder") return ["pass"];
  if (selection === "elected" || leads === true) return ["pass"];
  if (selection === "appointed" && leads === false) return ["fail"];
  if (leads === null) lacks("leadership");
  if (selection === null) lacks("selection");
  return ["unknown"];
}

function gates(input, missing) {
  const account = input.account ?? {}, facts = account.office ?? {};
  const count = input.violations.length;
  const out = [{ gate: "rule_violation", result: count > 0 ? "pass" : "fail", fact: count, limit: 1 }];
  const { verified = null, verified_type: type = null, followers_count: followers = null } = account;
  const badge = { gate: "verified", result: "pass" };
  if (verified === null) {
    badge.result = "unknown";
    missing.push("account.verified");
  } else if (!verified) {
    badge.result = "fail";
  } else if (type === "blue" || type === "none") {
    badge.result = "unknown";
    missing.push("account.verified_type");
  }
  if (verified !== null) badge.fact = verified;
  if (type !== null) badge.type = type;
  out.push(badge);
  const crowd = { gate: "followers", result: "unknown" };
  if (followers === null) missing.push("account.followers_count");
  else Object.assign(crowd, { result: followers > 100000 ? "pass" : "fail", fact: followers });
  crowd.limit = 100000;
  if (followers !== null) crowd.distance = followers - 100001;
  out.push(crowd);
  const [result, because] = office(account, facts, missing);
  const shown = {};
  if (because) shown[because] = account[because];
  for (const key of ["title", "leadership", "status", "selection", "level", "branch", "country"]) {
    if (facts[key] != null) shown[key] = facts[key];
  }
  const gate = { gate: "office", result };
  if (Object.keys(shown).length > 0) gate.fact = shown;
  out.push(gate);
  return out;
}

const MAY_HOLD_DATA = new Set(["threat", "incitement"]);

function weigh(input, violation, unknown) {
  const facts = new Facts(input.context);
  const rule = RULES[violation.rule];
  const entry = { rule: violation.rule };
  if (violation.kind != null) entry.kind = violation.kind;
  const balance = new Balance();
  const ofData = violation.rule === "private_information", mayHold = MAY_HOLD_DATA.has(violation.kind);
  if (rule) {
    const concern = new Facts(input.context);
    balance.condition("public_concern", !concern.known("public_concern") || concern.strength("public_concern") > 0,
      "host");
    if (ofData) balance.condition("data_omitted", mayHold || (violation.spans ?? []).length > 0, "host");
    rule.weigh(facts, balance, violation);
  }
  const unassessed = new Set([...facts.unknown].filter((fact) => HARMS.has(fact)));
  for (const fact of ASSESSED) if (!facts.known(fact)) unassessed.add(fact);
  for (const fact of facts.unknown) unknown.add(fact);
  const lacking = paths(unassessed);
  if (ofData && mayHold && violation.spans == null) lacking.push("violations.spans");
  if (!rule) {
    Object.assign(entry, { verdict: "review", basis: "no_script" });
  } else {
    const margin = balance.interest - balance.harm - rule.bar * 1e9;
    const removed = margin < 0 || balance.conditions.some((condition) => !condition.met);
    entry.verdict = removed ? "remove" : lacking.length > 0 ? "review" : "notice";
    entry.basis = !removed && lacking.length > 0 ? "unassessed" : "weighed";
    Object.assign(entry, { class: rule.class, interest: balance.interest / 1e9, harm: balance.harm / 1e9,
      bar: rule.bar, margin: margin / 1e9, factors: balance.factors, conditions: balance.conditions });
  }
  if (lacking.length > 0) entry.unassessed = lacking;
  return entry;
}

function redact(input) {
  const spans = input.violations.flatMap((violation) => violation.spans ?? []).sort((a, b) => a.start - b.start);
  const text = input.tweet.text;
  if (spans.length === 0) return text;
  const points = Array.from(text);
  const own = ({ start, end }) => points.slice(start, end).join("");
  const repeated = spans.filter(({ start, end }) => end - start >= 4).map(own).sort((a, b) => b.length - a.length);
  const again = new RegExp(repeated.map((data) => data.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|"), "g");
  const without = (gap) => (repeated.length > 0 ? gap.replace(again, "█████") : gap);
  let out = "", at = 0;
  for (const { start, end } of spans) {
    if (start >= at) out += without(own({ start: at, end: start })) + "█████";
    at = Math.max(at, end);
  }
  return out + without(own({ start: at }));
}

function settle(out, input, results, missing) {
  if (input.violations.length === 0) return ["no_action", "no_violation"];
  if (input.violations.some((violation) => NEVER.has(violation.rule))) return ["remove", "never_excepted"];
  if (results.includes("fail")) return ["remove", "not_eligible"];
  if (results.includes("unknown")) return ["review", "incomplete"];
  const unknown = new Set();
  out.rules = input.violations.map((violation) => weigh(input, violation, unknown));
  if (input.context?.market != null) out.market = { id: input.context.market, script: false };
  out.asked = paths(unknown);
  if (out.rules.some((entry) => entry.verdict === "remove")) return ["remove", "weighed"];
  if (out.rules.some((entry) => entry.basis === "no_script")) return ["review", "no_script"];
  if (out.rules.some((entry) => entry.verdict === "review")) return ["review", "unassessed"];
  return ["notice", "weighed"];
}

const ORDER = ["account.verified", "account.office.leadership", "account.verified_type", "account.followers_count",
  "account.office.status", "account.office.selection", "account.office.branch"];

function evaluate(input) {
  const missing = [], weighed = {};
  const shown = gates(input, missing);
  const [outcome, basis] = settle(weighed, input, shown.map((gate) => gate.result), missing);
  const final = basis === "no_violation" || basis === "never_excepted" || basis === "not_eligible";
  const out = { v: 1, id: input.id, outcome, basis, final, gates: shown };
  if (missing.length > 0) out.missing = missing.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
  if (weighed.rules) out.rules = weighed.rules;
  if (weighed.market) out.market = weighed.market;
  if (outcome === "notice") {
    out.effects = { click_through: true, like: false, retweet: false, reply: false, share: false,
      recommend: false, quote: true, rules_named: [...new Set(input.violations.map((violation) => violation.rule))] };
  }
  if ((outcome === "notice" || outcome === "review") && input.tweet?.text != null) out.redacted_text = redact(input);
  if (input.context?.withheld_in != null) out.withheld_in = input.context.withheld_in;
  if (weighed.asked?.length > 0) out.unknown = weighed.asked;
  return out;
}

// Whole lines of a file, a mebibyte at a time.
function run(name) {
  const file = fs.openSync(name, "r");
  const chunk = Buffer.allocUnsafe(1 << 20);
  let rest = Buffer.alloc(0);
  for (let read; (read = fs.readSync(file, chunk, 0, chunk.length, null)) > 0;) {
    const text = Buffer.concat([rest, chunk.subarray(0, read)]);
    const end = text.lastIndexOf(10) + 1;
    rest = Buffer.from(text.subarray(end));
    if (end === 0) continue;
    const lines = text.toString("utf8", 0, end - 1).split("\n");
    fs.writeSync(1, lines.map((line) => JSON.stringify(evaluate(JSON.parse(line)))).join("\n") + "\n");
  }
}

run(process.argv[2]);
