try pubint eval "$CASES/one_follower_short.json"
