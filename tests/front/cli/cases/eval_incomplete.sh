try pubint eval "$CASES/incomplete.json"
# A blue badge alone is open: what is said to be possible is what settles it.
sed 's/"verified_type": "legacy"/"verified_type": "blue"/' "$CASES/notice.json" >blue.json
try pubint eval blue.json
