# What tests and history reach, odd names for other programs, one's own cases, watching, writing over.
cp -r "$PUBINT_POLICY" policy
rm policy/tests/*_test.lua
cat >policy/tests/odd_test.lua <<'LUA'
test("a <b> & \"c\" 'd' ]]> # \\ \27[31m \255 \u{FFFE}", function()
  expect(evaluate({ rule = "sensitive_media" }).outcome):is("]]>")
end)
each({ { name = "a row" }, { name = "another" } }, function(row) expect(#row.name):above(4) end)
LUA
try pubint test -p policy --junit out.xml --tap
try cat out.xml
try pubint test -p policy --filter "*row" --junit out.xml
try pubint test -p policy --filter "*row" --junit out.xml --force
try pubint test -p policy --filter "*row" --coverage lines.info --coverage-min 0 >covered
try grep -c never covered
try head -n 6 lines.info
pubint test -p policy --filter "*row" --coverage lines.info >covered # written over: it is pubint's own
echo "[exit $?]"
printf 'TN:\nSF:other.c\nend_of_record\n' >theirs.info
try pubint test -p policy --filter "*row" --coverage theirs.info
echo '<testsuites/>' >theirs.xml
try pubint test -p policy --filter "*row" --junit theirs.xml
try pubint test -p policy --filter "*row" --junit one.out --coverage ./one.out
try pubint test -p policy --filter "*row" --junit policy/rules/violence.lua --force
try pubint test -p policy --filter "*row" --coverage policy/tests/../data/new.json
try pubint test -p policy --filter "*row" --coverage-min 101
pubint test -p policy --filter "*row" --coverage-min 95 >covered 2>told
echo "[exit $?]"
try cat told
cat >cases.jsonl <<'JSON'
{"id":"a","account":{"verified":true,"followers_count":200000,"office":{"status":"candidate","branch":"legislative"}},"violations":[{"rule":"sensitive_media"}],"context":{"market":"NL","signals":{"emergency_declared":"yes"}}}
not a case
JSON
pubint test -p policy --coverage-by cases.jsonl >covered
echo "[exit $?]"
try grep "sensitive_media\|cases" covered
try pubint test -p policy --coverage-by absent.jsonl
pubint test -p policy --filter "*row" --mutate --pretty >mutants.json
try sed -n '1,14p' mutants.json

pubint check -p policy --cases 200 --with cases.jsonl >checked
echo "[exit $?]"
try grep "E6017\|cases.jsonl" checked
try pubint check -p policy --cases 10 --with absent.jsonl
pubint check -p policy --cases 300 --seed 1 >one; pubint check -p policy --cases 300 --seed 1 >same
try cmp one same
pubint check -p policy --cases 300 --seed 2 >other
try cmp -s one other

echo '-- mine' >policy/tests/be_test.lua
try pubint new market BE -p policy
try pubint new market BE -p policy --force

# It runs again when a file changes, and ends when it is interrupted.
rm policy/tests/be_test.lua
: >watched # there before anything looks into it
pubint test -p policy --filter "*row" --watch >>watched 2>&1 &
watcher=$!
until [ "$(grep -c waiting watched)" = 1 ]; do sleep 0.1; done
echo '-- changed' >>policy/tests/odd_test.lua
until [ "$(grep -c waiting watched)" -ge 2 ]; do sleep 0.1; done
kill -INT $watcher
wait $watcher
echo "[exit $?]"
try grep "passed,\|waiting" watched
