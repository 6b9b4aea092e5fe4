#!/usr/bin/env bash
# Runs the build program. It is compiled once per content of the sources and kept under .cache/build/<hash>, so that a
# warm start costs little more than the program itself. All arguments go to the program; ./build.sh --help lists them.
set -euo pipefail

script="${BASH_SOURCE[0]}"
while [[ -L "$script" ]]; do
  link="$(readlink -- "$script")"
  [[ "$link" == /* ]] && script="$link" || script="$(dirname -- "$script")/$link"
done
[[ "$script" == */* ]] || script="./$script"
root="$(cd -P -- "${script%/*}" && pwd)"
cache="$root/.cache/build"
keep=3

say() { printf 'build.sh: %s\n' "$*" >&2; }

# Sources, project files, props, targets, lock files and this script: by content, so that a checkout or a touch changes
# nothing. System and machine are part of it, because a folder may be shared between them.
content_hash() {
  local sum=(sha256sum)
  command -v sha256sum >/dev/null || sum=(shasum -a 256)
  (
    cd "$root"
    echo "$OSTYPE $HOSTTYPE"
    find build src Directory.*.props .editorconfig global.json build.sh -type d \( -name bin -o -name obj \) -prune -o -type f -print0 |
      LC_ALL=C sort -z | xargs -0 "${sum[@]}"
  ) | "${sum[@]}" | cut -c 1-24
}

# Starts the program where it is there and complete. The open .used file is locked (shared) by this process and by all it
# starts, which is how pruning knows a folder in use; its time is that of the last start.
start() {
  local app="$cache/$1"
  [[ -x "$app/Build" && -r "$app/.dotnet" ]] || return 1
  local dotnet
  read -r dotnet <"$app/.dotnet"
  [[ -x "$dotnet/dotnet" ]] || return 1
  exec 9>"$app/.used"
  if command -v flock >/dev/null; then
    flock -s 9
    [[ -x "$app/Build" ]] || return 1
  fi
  export DOTNET_ROOT="$dotnet" CAKE_HOST_COMMAND="$0"
  [[ ":$PATH:" == *":$dotnet:"* ]] || export PATH="$dotnet:$PATH"
  shift
  exec "$app/Build" "$@"
}

# One build at a time; the lock goes with the process. Where flock is missing (macOS), a folder does, with its owner in it.
lock() {
  if command -v flock >/dev/null; then
    exec 8>"$cache/lock"
    flock -n 8 && return
    say 'waiting for a build that is under way...'
    flock 8
    return
  fi
  until mkdir "$cache/lock.d" 2>/dev/null; do
    kill -0 "$(cat "$cache/lock.d/pid" 2>/dev/null || echo $$)" 2>/dev/null || rm -rf "$cache/lock.d"
    sleep 1
  done
  echo $$ >"$cache/lock.d/pid"
}

# In the background, because bash would otherwise hear of a signal only when the command has ended. The locks are not for
# the command: a compiler server that stays would hold them.
run() {
  "$@" >>"$cache/build.log" 2>&1 8>&- 9>&- &
  child=$!
  wait "$child"
}

fetch() {
  if command -v curl >/dev/null; then
    curl -fsSL --retry 3 -o "$2" "$1"
  elif command -v wget >/dev/null; then
    wget -q -O "$2" "$1"
  else
    echo 'neither curl nor wget is here' && return 1
  fi
}

# The SDK that global.json asks for: that of the machine, or one brought by Microsoft's install script.
find_sdk() {
  local own="$root/.cache/dotnet" wanted
  if (cd "$root" && dotnet --version) >/dev/null 2>&1; then
    dotnet="$(command -v dotnet)"
    return
  fi
  dotnet="$own/dotnet"
  (cd "$root" && "$dotnet" --version) >/dev/null 2>&1 && return
  wanted="$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json")"
  say "bringing the .NET SDK $wanted into .cache/dotnet..."
  mkdir -p "$own"
  if ! run fetch https://dot.net/v1/dotnet-install.sh "$own/dotnet-install.sh" ||
    ! run bash "$own/dotnet-install.sh" --jsonfile "$root/global.json" --install-dir "$own" --no-path; then
    say "the .NET SDK $wanted is needed and could not be fetched ($(tail -n 1 "$cache/build.log")): install it from https://dotnet.microsoft.com/download/dotnet/${wanted%.*} and run this again"
    exit 1
  fi
}

publish() {
  run "$dotnet" publish "$root/build/Build.csproj" --configuration Release --artifacts-path "$cache/work" --disable-build-servers \
    --self-contained false -p:PublishDocumentationFiles=false --output "$@"
}

build() {
  local fresh hash
  fresh="$(mktemp -d "$cache/new.XXXXXX")"
  hash="$(content_hash)"
  if ! publish "$fresh" -p:CompileAheadOfTime=true; then
    rm -rf "$fresh"
    # Sources that do not compile would not do so without it either.
    grep -qi crossgen "$cache/build.log" || return 1
    publish "$fresh" || return 1
    say 'compiling ahead of time has failed (.cache/build/build.log tells why): each start will take longer'
  fi
  # Sources that changed meanwhile would lie under the wrong hash.
  if [[ "$(content_hash)" != "$hash" ]]; then
    rm -rf "$fresh"
    build
    return
  fi
  local sdk
  sdk="$(readlink -f -- "$dotnet" 2>/dev/null || echo "$dotnet")"
  echo "${sdk%/*}" >"$fresh/.dotnet"
  : >"$fresh/.used"
  chmod 755 "$fresh"
  rm -rf "${cache:?}/$hash"
  mv "$fresh" "$cache/$hash"
  built="$hash"
}

# Keeps the last few; one that a process still holds is never taken away.
prune() {
  command -v flock >/dev/null || return 0
  local used kept=0
  for used in $(cd "$cache" && ls -t -- */.used 2>/dev/null); do
    kept=$((kept + 1))
    if ((kept > keep)); then
      (flock -n -x 7 && rm -rf "${cache:?}/${used%/*}") 7<"$cache/$used" || true
    fi
  done
  find "$cache" -maxdepth 1 -name 'new.*' -type d -exec rm -rf {} +
}

start "$(content_hash)" "$@" || true

mkdir -p "$cache"
child=''
trap 'trap - INT TERM; [[ -z "$child" ]] || kill "$child" 2>/dev/null || true; say "cancelled while building"; exit 130' INT TERM
lock
start "$(content_hash)" "$@" || true
say 'building...'
: >"$cache/build.log"
find_sdk
if ! build; then
  cat "$cache/build.log" >&2
  say 'the build has failed; its whole output is above'
  exit 1
fi
prune
trap - INT TERM
if command -v flock >/dev/null; then exec 8>&-; else rm -rf "$cache/lock.d"; fi
start "$built" "$@"
