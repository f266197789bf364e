# A session that begins at a case, and runs what an option says.
try pubint repl "$CASES"/more.jsonl -c 3 -e ':eval'
try pubint repl "$CASES"/more.jsonl --case example-no-script -e 'print(case.id); :show violations; :q'
try pubint repl "$CASES"/more.jsonl -c 9 -e 'case.id'
try pubint repl "$CASES"/notice.json -e 'local a = 1
print("a; :b", case.id)
:nosuch'
try pubint repl -c 3 -e 'print(1)'
try pubint repl -e 'evaluate { rule = "violence" }.outcome' </dev/null
# Each -e is one piece, whose locals live to its end.
try pubint repl -e 'local z = 5
z' -e 'nosuch()' -e 'local x = 3
x + 1
print(x)' -e 'z'
