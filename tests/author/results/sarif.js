// node sarif.js NPM PROGRAM SCRIPTS WORK: what check and test write with --sarif and --github. NPM is the folder that
// tests/tools/npm/install filled; WORK is made anew.
'use strict';
const assert = require('assert');
const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const [npm, program, scripts, work] = process.argv.slice(2).map((name) => path.resolve(name));
const taken = require('module').createRequire(path.join(npm, 'package.json'));

const Ajv = taken('ajv-draft-04').default || taken('ajv-draft-04');
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
taken('ajv-formats')(ajv);
const schemas = path.join(npm, 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const fits = ajv.compile(JSON.parse(fs.readFileSync(schemas, 'utf8')));

fs.rmSync(work, { recursive: true, force: true });
fs.mkdirSync(work, { recursive: true });

// A copy of the policy with some files replaced: a function of the old text each.
function policy(name, changes) {
  const folder = path.join(work, name);
  fs.cpSync(scripts, folder, { recursive: true });
  for (const [file, change] of Object.entries(changes)) {
    const whole = path.join(folder, file);
    const old = fs.existsSync(whole) ? fs.readFileSync(whole, 'utf8') : '';
    const text = change(old);
    assert.notStrictEqual(text, old, `${file} is changed`);
    fs.writeFileSync(whole, text);
  }
}

function run(args, expected) {
  const done = spawnSync(program, args, { cwd: work, encoding: 'utf8', env: { PATH: process.env.PATH } });
  assert.strictEqual(done.status, expected, `pubint ${args.join(' ')}: exit ${done.status}\n${done.stdout}${done.stderr}`);
  return done;
}

// The one run of a file, once it fits the schema and all that the schema cannot say.
function read(file) {
  const sarif = JSON.parse(fs.readFileSync(path.join(work, file), 'utf8'));
  assert.ok(fits(sarif), JSON.stringify(fits.errors, null, 1));
  assert.strictEqual(sarif.version, '2.1.0');
  assert.strictEqual(sarif.runs.length, 1);
  const [one] = sarif.runs;
  const rules = one.tool.driver.rules;
  assert.strictEqual(new Set(rules.map((rule) => rule.id)).size, rules.length);
  const seen = new Set();
  for (const result of one.results) {
    assert.strictEqual(rules[result.ruleIndex].id, result.ruleId);
    const { artifactLocation: at, region } = result.locations[0].physicalLocation;
    assert.strictEqual(at.uriBaseId, 'POLICY');
    const lines = fs.readFileSync(path.join(work, one.originalUriBaseIds.POLICY.uri, at.uri), 'utf8').split('\n');
    assert.ok(region.startLine <= lines.length, `${at.uri}:${region.startLine}`);
    assert.ok((region.startColumn || 1) <= [...lines[region.startLine - 1]].length + 1);
    seen.add(result.partialFingerprints['pubint/v1']);
  }
  assert.strictEqual(seen.size, one.results.length, 'each has a fingerprint of its own');
  return one;
}

const of = (run_, code) => run_.results.filter((result) => result.ruleId === code);
const place = (result) => {
  const { artifactLocation: at, region } = result.locations[0].physicalLocation;
  return `${at.uri}:${region.startLine}:${region.startColumn}`;
};
const annotations = (text) => text.split('\n').filter((line) => line.startsWith('::'));

// check: a finding, notes, and findings that are waived in a comment and in the script's table.
const dead = 'if case.tweet.lang == "xx" and false then balance:note("never") end';
policy('policy', {
  'markets/NL.lua': (old) => old.replace('local eve = 0', `local eve = 0\n    -- waives: E6020 the clamp is meant\n    ${dead}`)
    .replace('local days = ', 'if 1 == 2 then\n      balance:note("é") -- waives: E6008 it comes next year\n    end\n    local days = '),
  'rules/violence.lua': (old) => old.replace('  end,\n}\n', '    balance:interest("less", 1 - context.record_value, 3)\n  end,\n  waives = { ["context.record_value"] = "more of it counts less" },\n}\n'),
});
const args = ['check', '-p', 'policy', '-n', '300', '--seed', '3'];
const plain = run(args, 1);
const done = run([...args, '--sarif', 'check.sarif', '--github'], 1);
const check = read('check.sarif');
assert.ok(done.stdout.startsWith(plain.stdout), 'the report is the same, and annotations follow it');
const told = annotations(done.stdout);
assert.strictEqual(told.length, check.results.filter((result) => result.suppressions.length === 0).length);
assert.ok(told.some((line) => /^::error file=policy\/rules\/violence\.lua,line=\d+,col=\d+,title=E\d{4}%3A [^:,]+::./.test(line)), told.join('\n'));
const waived = check.results.filter((result) => result.suppressions.length > 0);
assert.deepStrictEqual(waived.map((result) => [result.ruleId, result.suppressions]), [
  ['E6008', [{ kind: 'inSource', justification: 'it comes next year' }]],
  ['E6004', [{ kind: 'inSource', justification: 'more of it counts less' }]],
]);
assert.ok(!told.some((line) => line.includes(`line=${waived[0].locations[0].physicalLocation.region.startLine},`) && line.includes('E6008')));
assert.ok(of(check, 'E6020').every((result) => result.level === 'note'), 'a note is no error');
assert.strictEqual(of(check, 'E6027').length, 1, 'a waiver of what is not found is a result');
const rule = check.tool.driver.rules.find((one) => one.id === 'E6008');
assert.ok(rule.shortDescription.text && rule.help.text && !('helpUri' in rule));
assert.ok(check.results.some((result) => result.properties && result.properties.case.v === 1), 'with the case that shows it');

// The same bytes again, over the file that it wrote itself; no clock, no folder of this machine.
const bytes = fs.readFileSync(path.join(work, 'check.sarif'));
run([...args, '--sarif', 'check.sarif'], 1);
assert.ok(bytes.equals(fs.readFileSync(path.join(work, 'check.sarif'))));
assert.ok(!bytes.includes(work));

// --json stays one object: annotations go to standard error.
const json = run([...args, '--json', '--github'], 1);
JSON.parse(json.stdout);
assert.deepStrictEqual(annotations(json.stderr), told);

// A file that is not its own is kept, one that cannot be written is an error, and nothing is left of either.
fs.writeFileSync(path.join(work, 'foreign.sarif'), '{}\n');
assert.match(run([...args, '--sarif', 'foreign.sarif'], 2).stderr, /E4008/);
assert.strictEqual(fs.readFileSync(path.join(work, 'foreign.sarif'), 'utf8'), '{}\n');
run([...args, '--sarif', 'foreign.sarif', '--force'], 1);
read('foreign.sarif');
assert.match(run([...args, '--sarif', 'absent/x.sarif'], 5).stderr, /E5003/);
assert.match(run([...args, '--sarif', 'policy/data/x.json'], 2).stderr, /E4010/);
assert.match(run(['test', '-p', 'policy', '--sarif', 'x', '--junit', './x'], 2).stderr, /--junit and --sarif name one file/);
assert.match(run(['test', '-p', 'policy', '--sarif', '/dev/full'], 5).stderr, /E5003/);
assert.deepStrictEqual(fs.readdirSync(work).sort(), ['check.sarif', 'foreign.sarif', 'policy']);

// test: a failure, and too little reached.
policy('failing', { 'tests/zz_test.lua': () => 'test("100 %: no", function()\n  expect("é" .. 1):is(2)\nend)\n' });
const failing = run(['test', '-p', 'failing', '--filter', 'zz', '--coverage-min', '90', '--sarif', 'test.sarif', '--github'], 1);
const test = read('test.sarif');
assert.deepStrictEqual(test.results.map((result) => result.ruleId), ['E4130', 'E4131']);
assert.match(place(test.results[0]), /^tests\/zz_test\.lua:2/);
assert.match(test.results[0].message.text, /^100 %: no: /);
assert.strictEqual(test.automationDetails.id, 'pubint/test/');
assert.match(annotations(failing.stdout)[0], /^::error file=failing\/tests\/zz_test\.lua,line=2,.*::100 %25: no: .*%0Aexpected: 2%0Aactual: /);
const tap = run(['test', '-p', 'failing', '--filter', 'zz', '--tap', '--github'], 1);
assert.deepStrictEqual([annotations(tap.stdout).length, annotations(tap.stderr).length], [0, 1]);

// test, all green: a file without results.
run(['test', '-p', 'policy', '--filter', 'tests/abuse_harassment_test', '--sarif', 'green.sarif', '--github'], 0);
assert.deepStrictEqual(read('green.sarif').results, []);

// No test at all is no green run.
run(['test', '-p', 'policy', '--filter', 'no such test', '--sarif', 'none.sarif'], 1);
assert.deepStrictEqual(read('none.sarif').results.map((result) => result.message.text), ['no test ran']);

// mutate: what survives; few scripts make it short.
fs.mkdirSync(path.join(work, 'small/rules'), { recursive: true });
fs.mkdirSync(path.join(work, 'small/tests'));
fs.copyFileSync(path.join(scripts, 'policy.json'), path.join(work, 'small/policy.json'));
fs.writeFileSync(path.join(work, 'small/rules/spam.lua'), `return {
  rule = "spam", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("concern", case.context.public_concern, 2)
  end,
}
`);
fs.writeFileSync(path.join(work, 'small/tests/a_test.lua'), 'test("nothing is asked", function() end)\n');
const mutate = run(['test', '-p', 'small', '--mutate', '--sarif', 'mutate.sarif', '--github'], 1);
const mutants = read('mutate.sarif');
assert.ok(of(mutants, 'E6019').length > 0 && of(mutants, 'E6019').length === mutants.results.length);
assert.strictEqual(annotations(mutate.stdout).length, mutants.results.length);
assert.match(place(mutants.results[0]), /^rules\/spam\.lua:2:\d+$/);

// A policy that does not load: the one result, with its place.
policy('broken', { 'markets/NL.lua': (old) => `${old}return {\n` });
for (const command of [['check'], ['test'], ['test', '--mutate']]) {
  const broken = run([...command, '-p', 'broken', '--sarif', 'broken.sarif', '--github'], 4);
  assert.deepStrictEqual(read('broken.sarif').results.map((result) => result.ruleId), ['E2006']);
  assert.match(annotations(broken.stdout)[0], /^::error file=broken\/markets\/NL\.lua,line=\d+,/);
}
console.log('all hold');
