# Nobody is excepted on what nobody assessed: a harm, the public's concern, where private data stands.
try pubint eval "$CASES/unassessed.json"
try pubint eval --locale nl "$CASES/unassessed.json"

# Public concern: not assessed it is a question, none at all decides.
without() { sed "$1" "$CASES/$2" >case.json && pubint eval "${@:3}" case.json | sed '/^  case\|^  zaak/,/^  policy\|^  beleid/d; /^Gates\|^Criteria/,/^$/d'; }
try without '/"public_concern"/d' notice.json
try without 's/"public_concern": 0.6/"public_concern": 0/' notice.json
try without 's/"public_concern": 0.6/"public_concern": 0/' notice.json --locale nl

# A threat to publish data: whether the text holds some itself must be said, with [] where it does not.
threat() {
  tr -d '\n' <"$CASES/private_information.json" | sed 's/"text": "[^"]*"/"text": "Hand over the records, or all will know where the clerk lives."/
    s/"kind": "posted", *"spans": \[[^]]*\]/"kind": "threat"'"$1"'/' >case.json
  pubint eval case.json "${@:2}" | sed '/ side \| kant /,/margin\|marge/d; /^Gates\|^Criteria/,/^$/d'
}
try threat ''
try threat '' --locale nl
try threat ', "spans": []'
