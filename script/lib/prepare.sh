# shellcheck shell=bash disable=SC2034
# The steps that script/setup, script/server and script/test share, in order.

PREPARE_STEPS=6

check_machine() {
  find_python
  NOTE=$("$PYTHON" -V)
  if [ -f .venv/.smart-tangsel ]; then need_space "$ROOT" 300; else need_space "$ROOT" 2000; fi
  if [ -z "${DATABASE_URL:-}" ]; then
    locate_cluster "$1"
    need_space "$PGDATA" 300
  fi
}

# prepare CLUSTER [dev]
prepare() {
  make_run_folder
  load_secrets
  exec 9>>"$RUN/setup.lock"
  wait_for_lock 9
  step 'Python and disk space' check_machine "$1"
  step 'System packages' system_packages "${2:-}"
  # The user postgres may have come with the packages.
  [ -n "${DATABASE_URL:-}" ] || locate_cluster "$1"
  step 'Virtual environment' virtual_environment
  step 'Python packages' python_packages "${2:-}"
  step 'Browser parts' browser_parts "${2:-}"
  step 'Translations' compiled_texts
  exec 9>&-
}
