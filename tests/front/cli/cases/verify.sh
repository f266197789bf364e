# A record of evaluations is proved, or told where it is not what the policy says.
{ pubint sample -n 12 -s 3; echo '{"id":"no","violation":[]}'; pubint sample -n 3 -s 4; } >cases.jsonl
pubint batch cases.jsonl -o out.jsonl 2>batch.err
keep() { cp out.jsonl kept.jsonl; }
keep

try pubint verify cases.jsonl out.jsonl
try pubint verify --sample 4 cases.jsonl out.jsonl
try pubint verify --pretty cases.jsonl out.jsonl

# One field, and what it is not.
sed -i '5s/"margin":\(-*\)[0-9]/"margin":\19/; 5s/"followers","result":"pass"/"followers","result":"fail"/' out.jsonl
try pubint verify cases.jsonl out.jsonl
try pubint verify --json cases.jsonl out.jsonl
sed '7d' kept.jsonl >out.jsonl
try pubint verify cases.jsonl out.jsonl
sed '3s/"gates"/"gates/' kept.jsonl >out.jsonl
try pubint verify cases.jsonl out.jsonl
sed '3s/,"outcome"/, "outcome"/' kept.jsonl >out.jsonl
try pubint verify cases.jsonl out.jsonl
head -n 14 kept.jsonl >out.jsonl
try pubint verify cases.jsonl out.jsonl
{ cat kept.jsonl; head -n 2 kept.jsonl; } >out.jsonl
try pubint verify cases.jsonl out.jsonl
head -c -1 kept.jsonl >out.jsonl
try pubint verify cases.jsonl out.jsonl

# The manifest.
cp kept.jsonl out.jsonl && cp out.jsonl.manifest.json kept.manifest
sed -i '/"name"/s/"lines":16,"xxh3_128":"./"lines":15,"xxh3_128":"z/' out.jsonl.manifest.json
try pubint verify cases.jsonl out.jsonl | sed -E 's/[0-9a-z][0-9a-f]{27}$/DIGEST/'
cp kept.manifest out.jsonl.manifest.json
sed '2s/"limit":100000/"limit":100001/' kept.jsonl >out.jsonl
try pubint verify --sample 4 cases.jsonl out.jsonl | sed '/^  digest of evaluations/,+1d'
cp kept.jsonl out.jsonl

# Another policy, with and without a list of its files; another version.
cp -r "$PUBINT_POLICY" policy && sed -i 's/bar *= *3/bar = 4/' policy/rules/violence.lua && rm policy/markets/NL.lua && echo 'return {}' >policy/lib/more.lua
try pubint verify -p policy cases.jsonl out.jsonl
try pubint verify --pretty -p policy cases.jsonl out.jsonl
sed -i 's/"host":"[^"]*"/"host":"0.0.1"/' out.jsonl.manifest.json
try pubint verify cases.jsonl out.jsonl | sed -E 's/^(  loaded +)[0-9.]+$/\1VERSION/'
rm out.jsonl.manifest.json
try pubint verify cases.jsonl out.jsonl
try pubint verify -p policy cases.jsonl out.jsonl

# Wrong use.
try pubint verify
try pubint verify cases.jsonl
try pubint verify out.jsonl cases.jsonl
try pubint verify - -
try pubint verify cases.jsonl absent.jsonl
try pubint verify absent.jsonl out.jsonl
try pubint verify -j 0 cases.jsonl out.jsonl
try pubint verify --sample 1000001 cases.jsonl out.jsonl
try pubint verify --sample 3 cases.jsonl - <out.jsonl

# Several files: a refused line names its own, by the name that the run read it under.
{ pubint sample -n 2 -s 8; echo 'no case'; } >more.jsonl
pubint batch cases.jsonl more.jsonl -o both.jsonl --sha256 2>batch.err
try pubint verify cases.jsonl more.jsonl both.jsonl
mkdir moved && cp cases.jsonl more.jsonl moved
try pubint verify moved/cases.jsonl moved/more.jsonl both.jsonl
try pubint verify more.jsonl cases.jsonl both.jsonl
