# Wrong command lines: exit 2, what is wrong, and the nearest right name.
try pubint
try pubint evla
try pubint frobnicate
try pubint --nope
try pubint eval --jsn
try pubint eval -x
try pubint eval --color=alwys
try pubint eval --color
try pubint eval --json=yes
try pubint eval one two
try pubint eval --case 0 "$CASES/notice.json"
try pubint eval --case= "$CASES/notice.json"
try pubint eval --locale ln "$CASES/notice.json"
try pubint schema
try pubint schema evalution
try pubint facts protets
try pubint facts context.public_debat
try pubint help evall
try pubint help E9999
