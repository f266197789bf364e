try pubint eval "$CASES/never_excepted.json"
