# What pubint needs of Debian 12, in one place, and how the two commands get it (sourced by
# examples/quickstart and tests/run; bash).

# To build and run.
BUILD_PACKAGES=(gcc libc6-dev cmake ninja-build pkg-config liblua5.4-dev libpcre2-dev libssl-dev
                libxxhash-dev libedit-dev libsqlite3-dev libgit2-dev
                zlib1g-dev libzstd-dev libutf8proc-dev)
# To test: a C++ compiler for the public headers, git to make revisions with, other JSON readers and a second Lua
# to compare with.
TEST_PACKAGES=(g++ git libcmocka-dev libjansson-dev lua5.4 lua-cjson clang-format lua-check zstd sqlite3)
# To test what npm has a judge for; a node and an npm that are on the PATH serve as well.
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  TEST_PACKAGES+=(nodejs npm ca-certificates)
fi
# To build the service and to test it, whose client is Python.
SERVE_PACKAGES=(libmicrohttpd-dev python3)
# To test at length.
DEEP_PACKAGES=(patch bsdutils valgrind)

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# Prints those of the named packages that are not installed.
missing_packages() {
  local package
  for package in "$@"; do
    if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
      echo "$package"
    fi
  done
}

# Says which of the named packages are missing, then installs them. Does nothing, and asks nothing of
# the network, where all are there.
install_packages() {
  command -v dpkg-query >/dev/null ||
    fail "this is no Debian: install what these packages hold, then build with cmake: $*"
  local missing as_root=()
  mapfile -t missing < <(missing_packages "$@")
  if [ "${#missing[@]}" -eq 0 ]; then
    echo "Every package needed is installed."
    return
  fi
  echo "To be installed from Debian with apt-get: ${missing[*]}"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      fail "this needs root or sudo. Have an administrator run: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  as_root+=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
  "${as_root[@]}" update </dev/null || fail "apt-get update failed"
  "${as_root[@]}" install -y --no-install-recommends "${missing[@]}" </dev/null ||
    fail "apt-get install failed"
}

# Runs a command whose output matters only when it fails.
quietly() {
  local output
  output=$("$@" 2>&1) || {
    echo "$output" >&2
    fail "failed: $*"
  }
}
