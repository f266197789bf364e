// node workflow.js NPM PROGRAM SCRIPTS WORKFLOW WORK: runs the commands of a workflow of GitHub exactly as they are written, in
// a repository that holds a copy of the policy: a good change passes, a bad one fails and says where. NPM is the folder
// that tests/tools/npm/install filled; WORK is made anew.
'use strict';
const assert = require('assert');
const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const [npm, program, scripts, workflow, work] = process.argv.slice(2).map((name) => path.resolve(name));
const yaml = require('module').createRequire(path.join(npm, 'package.json'))('yaml');

const text = fs.readFileSync(workflow, 'utf8');
assert.strictEqual(text.split('\n').filter((line) => line.includes('YOURS:')).length, 1, 'one line is the user\'s');
const { jobs } = yaml.parse(text);
const [job] = Object.values(jobs);
assert.strictEqual(job.defaults.run.shell, 'bash');

fs.rmSync(work, { recursive: true, force: true });
for (const folder of ['home', 'bin']) fs.mkdirSync(path.join(work, folder), { recursive: true });
fs.symlinkSync(program, path.join(work, 'bin/pubint'));
const repository = path.join(work, 'repository');
fs.cpSync(scripts, repository, { recursive: true });
const own = {
  PATH: `${path.join(work, 'bin')}:${process.env.PATH}`,
  HOME: path.join(work, 'home'),
  GITHUB_STEP_SUMMARY: path.join(work, 'summary.md'),
};

function must(command, ...args) {
  const done = spawnSync(command, args, { cwd: repository, encoding: 'utf8', env: own });
  assert.strictEqual(done.status, 0, `${command} ${args.join(' ')}\n${done.stdout}${done.stderr}${done.error || ''}`);
  return done.stdout.trim();
}
const commit = (message) => {
  must('git', 'add', '-A');
  must('git', '-c', 'user.name=Author', '-c', 'user.email=author@example.org', 'commit', '-q', '-m', message);
  return must('git', 'rev-parse', 'HEAD');
};
must('git', 'init', '-q', '-b', 'main');
const base = commit('base');

// The steps on what the repository holds: each step's name with its exit code, and all that they printed.
function run() {
  fs.rmSync(own.GITHUB_STEP_SUMMARY, { force: true });
  fs.rmSync(path.join(repository, 'report'), { recursive: true, force: true });
  const env = { ...own };
  for (const [name, value] of Object.entries(job.env)) env[name] = String(value);
  assert.match(env.BASE, /^\$\{\{.*\}\}$/);
  env.BASE = base;
  let failed = false;
  let said = '';
  const exits = {};
  for (const step of job.steps.filter((one) => one.run !== undefined)) {
    assert.ok(!step.run.includes('${{'), 'a command holds nothing that GitHub would put in');
    if (failed && step.if === undefined) continue;
    if (step.if !== undefined) assert.strictEqual(step.if, '${{ !cancelled() }}');
    const file = path.join(work, 'step.sh');
    fs.writeFileSync(file, step.run);
    const done = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', file], { cwd: repository, encoding: 'utf8', env });
    exits[step.name] = done.status;
    failed = failed || done.status !== 0;
    said += done.stdout + done.stderr;
  }
  return { exits, said, annotations: said.split('\n').filter((line) => line.startsWith('::')) };
}
const report = (name) => path.join(repository, 'report', name);

function change(file, from, to) {
  const old = fs.readFileSync(path.join(repository, file), 'utf8');
  assert.ok(old.includes(from), `${file} has ${from}`);
  fs.writeFileSync(path.join(repository, file), old.replace(from, to));
}
const back = () => must('git', 'reset', '-q', '--hard', base);

// A good change: a comment and a test.
change('markets/NL.lua', '    local eve = 0\n', '    -- Nothing counts while the day is not known.\n    local eve = 0\n');
fs.writeFileSync(path.join(repository, 'tests/one_test.lua'), 'test("one", function() expect(1):is(1) end)\n');
commit('good');
const good = run();
assert.deepStrictEqual(good.exits, { 'Begin the report': 0, Test: 0, Mutate: 0, Check: 0, 'Compare with the base': 0 }, good.said);
assert.deepStrictEqual(good.annotations.filter((line) => !line.startsWith('::notice ')), []);
for (const name of ['test', 'mutate', 'check']) JSON.parse(fs.readFileSync(report(`${name}.sarif`), 'utf8'));
assert.match(fs.readFileSync(own.GITHUB_STEP_SUMMARY, 'utf8'), /No outcome changes/);
const [kept] = job.steps.filter((step) => /upload-artifact/.test(step.uses));
assert.ok(fs.existsSync(path.join(repository, kept.with.path)));

// A bad one: a bar that lets nearly everything stand.
back();
change('rules/violence.lua', 'bar = 3.5', 'bar = 0');
commit('bad');
const bad = run();
assert.deepStrictEqual(bad.exits, { 'Begin the report': 0, Test: 1, Check: 1, 'Compare with the base': 1 }, bad.said);
assert.ok(bad.annotations.some((line) => /^::error file=tests\/\w+_test\.lua,line=\d+,title=E4130%3A/.test(line)), bad.said);
assert.ok(bad.annotations.some((line) => /^::error file=rules\/violence\.lua,line=\d+,col=\d+,title=E6016%3A/.test(line)), bad.said);
assert.ok(bad.annotations.some((line) => /^::error file=policy\.json,title=The comparison .*E404[34]/.test(line)), bad.said);

// One that does not load has its place as well.
back();
change('rules/violence.lua', 'bar = 3.5,', 'bar = = 3.5,');
commit('broken');
const broken = run();
assert.strictEqual(broken.exits.Test, 4, broken.said);
assert.ok(broken.annotations.some((line) => line.startsWith('::error file=rules/violence.lua,line=')), broken.said);

console.log('all hold');
