# shellcheck shell=bash disable=SC2034
# .run/ (made by the scripts, never committed): logs, generated secrets, locks. Exports what settings.py reads.

make_run_folder() {
  mkdir -p -- "$LOGS" 2>/dev/null || die "cannot write to $ROOT: start as the user who owns this folder, or copy the checkout to one you own."
  # PostgreSQL under root runs as another user, who must be able to pass through.
  { chmod 711 -- "$RUN" && chmod 700 -- "$LOGS" && : >"$RUN/.writable"; } 2>/dev/null ||
    die "cannot write to $RUN, which belongs to $(stat -c %U -- "$RUN"): start as that user, or remove the folder."
  # pip, npm and Chromium keep caches under HOME and fail without one.
  if [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; then
    mkdir -p -- "$RUN/home"
    export HOME=$RUN/home
  fi
}

random_hex() { od -An -N "$1" -tx1 /dev/urandom | tr -d ' \n'; }

# Reads NAME=value lines as text, never as code; makes what is missing.
load_secrets() {
  local key value
  SAVED_SECRET_KEY='' POSTGRES_PASSWORD=''
  if [ -f "$RUN/env" ]; then
    while IFS='=' read -r key value; do
      case $key in
        SECRET_KEY) SAVED_SECRET_KEY=$value ;;
        POSTGRES_PASSWORD) POSTGRES_PASSWORD=$value ;;
      esac
    done <"$RUN/env"
  fi
  if [ -z "$SAVED_SECRET_KEY" ] || [ -z "$POSTGRES_PASSWORD" ]; then
    POSTGRES_PASSWORD=${POSTGRES_PASSWORD:-$(random_hex 24)}
    SAVED_SECRET_KEY=${SAVED_SECRET_KEY:-$(random_hex 40)}
    (umask 077 && printf 'SECRET_KEY=%s\nPOSTGRES_PASSWORD=%s\n' "$SAVED_SECRET_KEY" "$POSTGRES_PASSWORD" >"$RUN/env.new" &&
      mv -f -- "$RUN/env.new" "$RUN/env") || die "cannot write $RUN/env: is the disk full (df -h)?"
  fi
  export SECRET_KEY=${SECRET_KEY:-$SAVED_SECRET_KEY}
}

export_server_settings() {
  export DEBUG=${DEBUG:-0} DEMO=${DEMO:-1} INSECURE_HTTP=${INSECURE_HTTP:-1}
  export ALLOWED_HOSTS=${ALLOWED_HOSTS:-localhost,127.0.0.1,[::1]}
  export MEDIA_ROOT=${MEDIA_ROOT:-$ROOT/var/media}
  export DJANGO_SETTINGS_MODULE=geo_reports.settings
}

# Locks are held by open files with fixed numbers (7 server, 8 test, 9 preparation), so that what outlives a script can drop them.
without_locks() { exec "$@" 3<&- 7>&- 8>&- 9>&-; }

# wait_for_lock NUMBER: after "exec NUMBER>>file"; says so when another script has to be waited for.
wait_for_lock() {
  flock -n "$1" && return
  printf '%s: another script is at work in this checkout; waiting for it to end\n' "$NAME"
  flock "$1"
}
