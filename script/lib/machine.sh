# shellcheck shell=bash disable=SC2034
# What the machine must bring: Python, disk space, Debian or Ubuntu packages. Installs packages only through apt.

POSTGRES_MINIMUM=15
NO_INSTALL=${NO_INSTALL:-}
PYTHON=

# The distribution's own comes first where it is complete: it is mended with the machine, and what version
# managers compile usually lacks its optimisations: pages took a fifth longer with one.
find_python() {
  local name path
  for name in /usr/bin/python3 python3.14 python3.13 python3.12 python3.11 python3; do
    path=$(command -v "$name") || continue
    # A version manager's stub exists for versions it does not have: only running it tells.
    "$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    if [ "$name" = /usr/bin/python3 ] && ! "$path" -c 'import ensurepip, venv' 2>/dev/null; then continue; fi
    PYTHON=$path
    return
  done
  die "Python 3.11 or newer is needed and was not found: install it (on Debian 12 or Ubuntu 24.04: apt-get install python3) and start again."
}

port_is_free() {
  "$PYTHON" - "$1" <<'PY'
import socket, sys
with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        s.bind(("127.0.0.1", int(sys.argv[1])))
    except OSError:
        sys.exit(1)
PY
}

# need_space FOLDER MEGABYTES
need_space() {
  local folder=$1 free
  while [ ! -d "$folder" ]; do folder=$(dirname -- "$folder"); done
  free=$(($(df --output=avail -k -- "$folder" | tail -n 1) / 1024))
  [ "$free" -ge "$2" ] || die "only $free MB are free on the disk of $folder, $2 MB are needed: free some space and start again."
}

# No "| grep -q": it ends early, and pipefail then counts the writer's broken pipe as a failure.
has_library() { [[ $(/sbin/ldconfig -p 2>/dev/null) == *"$1"* ]]; }
has_gdal() { command -v ogr2ogr >/dev/null && has_library libgdal.so; }
has_fonts() { [ -n "$(find /usr/share/fonts -name '*.[to]tf' -print -quit 2>/dev/null)" ]; }
# The one without windows first: it does the tests' work in half the time.
find_browser() {
  local name
  for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do command -v "$name" && return; done
  return 1
}

has_postgres() { [ -x "/usr/lib/postgresql/$1/bin/initdb" ]; }
has_postgis() { has_postgres "$1" && [ -f "/usr/share/postgresql/$1/extension/postgis.control" ]; }
installed_postgres() {
  local folder
  for folder in /usr/lib/postgresql/*/bin/initdb; do [ ! -x "$folder" ] || { folder=${folder%/bin/*} && echo "${folder##*/}"; }; done | sort -rn
}
offered_postgis() { apt-cache search --names-only '^postgresql-[0-9]+-postgis-3$' 2>/dev/null | sed -E 's/^postgresql-([0-9]+)-.*/\1/' | sort -rn; }

# Sets POSTGRES_VERSION: of the data already there, else the newest that is complete, else the newest to be had ('' = none).
choose_postgres() {
  local version offered
  POSTGRES_VERSION=$(cat -- "${PGDATA:-}/PG_VERSION" 2>/dev/null) && return
  for version in $(installed_postgres); do
    if [ "$version" -ge "$POSTGRES_MINIMUM" ] && has_postgis "$version"; then POSTGRES_VERSION=$version && return; fi
  done
  offered=$(offered_postgis | tr '\n' ' ')
  for version in $(installed_postgres) $offered; do
    if [ "$version" -ge "$POSTGRES_MINIMUM" ] && [[ " $offered " == *" $version "* ]]; then POSTGRES_VERSION=$version && return; fi
  done
  POSTGRES_VERSION=
}

# Sets MISSING, the packages to install. $1 = dev adds what the tests need.
list_missing() {
  MISSING=()
  if ! "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null && [ ! -x .venv/bin/python ]; then
    MISSING+=("$("$PYTHON" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')")
  fi
  if [ -z "${DATABASE_URL:-}" ]; then
    choose_postgres
    if [ -z "$POSTGRES_VERSION" ]; then
      MISSING+=(postgresql-postgis)
    else
      has_postgres "$POSTGRES_VERSION" || MISSING+=("postgresql-$POSTGRES_VERSION")
      has_postgis "$POSTGRES_VERSION" || MISSING+=("postgresql-$POSTGRES_VERSION-postgis-3")
    fi
  fi
  has_gdal || MISSING+=(gdal-bin)
  command -v msgfmt >/dev/null || MISSING+=(gettext)
  if [ "${1:-}" = dev ]; then
    find_browser >/dev/null || MISSING+=("$(browser_package)")
    has_fonts || MISSING+=(fonts-noto-core)
    # Playwright's own node needs it.
    has_library libatomic.so.1 || MISSING+=(libatomic1)
  fi
}

# Ubuntu's own archive has Chromium only as a wrapper of a snap, which cannot be counted on.
no_chromium_package() { grep -qx 'ID=ubuntu' /etc/os-release 2>/dev/null && [ -z "$(apt-cache madison chromium 2>/dev/null)" ]; }

browser_package() {
  if [ -n "$(apt-cache madison chromium-headless-shell 2>/dev/null)" ]; then echo chromium-headless-shell; else echo chromium; fi
}

# What a person types to get the missing packages.
by_hand() {
  local as=
  [ "$(id -u)" = 0 ] || as='sudo '
  printf '%s' "${as}apt-get update && ${as}apt-get install -y --no-install-recommends ${MISSING[*]}"
}

# Sets SUDO, the words that make a command run as root.
find_sudo() {
  SUDO=()
  [ "$(id -u)" != 0 ] || return 0
  command -v sudo >/dev/null || die "system packages are missing and there is no sudo here: run this as root, without the word sudo, and start again: $(by_hand)"
  if ! sudo -n true 2>/dev/null; then
    tell "sudo may ask for your password"
    sudo -v 2>/dev/null || die "system packages are missing and sudo was refused: have an administrator run this and start again: $(by_hand)"
  fi
  SUDO=(sudo)
  # sudo drops them, and a network behind a proxy then looks dead to apt.
  [ -z "${http_proxy:-}${https_proxy:-}" ] || SUDO+=("--preserve-env=http_proxy,https_proxy,no_proxy")
}

# A person's umask of 077 must not reach what belongs to the system.
as_root() { (umask 022 && exec "${SUDO[@]}" "$@"); }

apt() {
  # In the foreground: an interrupted dpkg leaves a machine half configured.
  as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 apt-get -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=2 \
    -o Acquire::http::Timeout=30 "$@" >>"$LOGS/apt.log" 2>&1
}

CREATECLUSTER=/etc/postgresql-common/createcluster.d/smart-tangsel.conf
allow_main_cluster() { as_root rm -f -- "$CREATECLUSTER"; }
forbid_main_cluster() {
  # Debian's package would make and start a cluster of its own on port 5432, which nobody asked for.
  as_root mkdir -p -- "${CREATECLUSTER%/*}"
  at_exit allow_main_cluster
  echo 'create_main_cluster = false' | as_root tee "$CREATECLUSTER" >/dev/null
}

# Ubuntu 22.04 offers PostgreSQL 14 only; Debian's own helper adds the PostgreSQL project's archive.
add_postgres_archive() {
  tell "this system offers no PostgreSQL $POSTGRES_MINIMUM or newer with PostGIS: adding the PostgreSQL project's package archive"
  apt install --no-install-recommends postgresql-common ca-certificates || explain "$LOGS/apt.log" 'installing postgresql-common' network
  local helper
  for helper in /usr/share/postgresql-common/pgdg/*.sh; do
    as_root "$helper" -y >>"$LOGS/apt.log" 2>&1 || explain "$LOGS/apt.log" "adding the PostgreSQL project's archive" network
  done
}

# system_packages [dev]
system_packages() {
  list_missing "${1:-}"
  if [ ${#MISSING[@]} = 0 ]; then NOTE='all there' && return; fi
  if [[ " ${MISSING[*]} " == *' chromium '* ]] && no_chromium_package; then
    die "the tests need Chromium, which Ubuntu does not offer as a package: install Google Chrome (google-chrome-stable) or the snap (sudo snap install chromium), then start again."
  fi
  [ -z "$NO_INSTALL" ] || die "system packages are missing; run this and start again: $(by_hand)"
  command -v apt-get >/dev/null || die "this system has no apt-get: install by its own means what these Debian packages bring, then start again: ${MISSING[*]}"
  need_space / 1500
  find_sudo
  : >"$LOGS/apt.log"
  tell "missing: ${MISSING[*]}"
  # An error of one unrelated archive must not stop us: what cannot be had shows below.
  apt update || true
  list_missing "${1:-}"
  if [[ " ${MISSING[*]} " == *' postgresql'* ]]; then forbid_main_cluster; fi
  # Without any package list, what is missing is the network; the installation below says so.
  if [[ " ${MISSING[*]} " == *' postgresql-postgis '* ]] && [ -n "$(apt-cache madison postgresql-common 2>/dev/null)" ]; then
    add_postgres_archive
    list_missing "${1:-}"
  fi
  tell "installing: ${MISSING[*]}"
  apt install --no-install-recommends "${MISSING[@]}" || explain "$LOGS/apt.log" "installing ${MISSING[*]}" network
  allow_main_cluster
  list_missing "${1:-}"
  [ ${#MISSING[@]} = 0 ] || die "apt-get reported success, but these are still missing: ${MISSING[*]} (full log: $LOGS/apt.log)"
}
