try pubint eval "$CASES/notice.json"
