// Compares two files of evaluations, line by line, member by member in any order; `policy`, `host` and
// `learn_more` are the policy's and not the case's, and are left out. Prints how many lines agree.
//   node agree.js EVALUATIONS OTHERS
"use strict";
const fs = require("fs");
const NOT_COMPARED = new Set(["policy", "host", "learn_more"]);

function sorted(key, value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const names = Object.keys(value).filter((name) => !NOT_COMPARED.has(name)).sort();
  return Object.fromEntries(names.map((name) => [name, value[name]]));
}

const [left, right] = process.argv.slice(2).map((name) => fs.readFileSync(name, "utf8").trimEnd().split("\n"));
const canonical = (line) => JSON.stringify(JSON.parse(line ?? "null"), sorted);
for (let i = 0; i < Math.max(left.length, right.length); i++) {
  const a = canonical(left[i]), b = canonical(right[i]);
  if (a === b) continue;
  let at = 0;
  while (a[at] === b[at]) at++;
  console.error(`line ${i + 1} differs at …${a.slice(Math.max(0, at - 60), at + 60)}\n  and …${b.slice(Math.max(0, at - 60), at + 60)}`);
  process.exit(1);
}
console.log(`${left.length} evaluations agree`);
