# What the tests of this folder share: support/batch.sh, and a repository of their own.
. "$here/../../support/batch.sh"

unset "${!GIT_@}"
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@example.org
export GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@example.org

# The policy as deep/policy of a repository, tagged `first`; the current folder is its top.
begin_repository() {
  git init -q repository && cd repository && ln -s "$work/err" err && echo err >>.git/info/exclude &&
    mkdir deep && cp -r "$PUBINT_POLICY" deep/policy && git add -A && git commit -qm "as it is" && git tag first
}

# pubint ARGUMENT…: runs it; its outputs go to the files out and err, its exit status to $status.
pubint() {
  "$program" "$@" >"$work/out" 2>"$work/err" </dev/null
  status=$?
}
