#!/usr/bin/env bash
# How long the window takes to be painted with a case open, what it holds in memory, and what it does while nobody
# touches it. In a virtual screen of its own, whose pixels are watched: nothing is built into the program for this.
#
#   bash tests/benches/window.sh [PROGRAM [CASE [RENDERER...]]]
#
# PROGRAM is target/release/maakblok, CASE the first of projects/, RENDERER auto, wgpu and glow, unless said otherwise.
# Needs Linux, Xvfb and a software Vulkan or GL driver (`bash tests/run` installs them).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

program="${1:-${CARGO_TARGET_DIR:-target}/release/maakblok}"
case="${2:-$(printf '%s\n' projects/*.maakblok | head -n 1)}"
[ $# -gt 2 ] && renderers=("${@:3}") || renderers=(auto wgpu glow)
runs="${RUNS:-7}"
idle_s="${IDLE_S:-10}"

[ -x "$program" ] || { echo "There is no $program; build it with: cargo build --release" >&2; exit 2; }
[ -r "$case" ] || { echo "There is no case $case" >&2; exit 2; }
command -v Xvfb >/dev/null || { echo "Xvfb is missing; install the package xvfb" >&2; exit 2; }

work="$(mktemp -d)"
screen_pid="" program_pid=""
finish() {
  [ -z "$program_pid" ] || kill "$program_pid" 2>/dev/null || true
  [ -z "$screen_pid" ] || kill "$screen_pid" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

# A screen whose pixels lie in a file, and settings that are nobody's.
mkdir "$work/pixels" "$work/home"
mkdir -m 700 "$work/runtime"
Xvfb -displayfd 3 -screen 0 1920x1080x24 -nocursor -nolisten tcp -fbdir "$work/pixels" 3>"$work/display" 2>"$work/xvfb.log" &
screen_pid=$!
for _ in $(seq 100); do [ -s "$work/display" ] && break; sleep 0.05; done
[ -s "$work/display" ] || { echo "Xvfb did not start:" >&2; cat "$work/xvfb.log" >&2; exit 2; }
DISPLAY=":$(cat "$work/display")"
export DISPLAY XDG_RUNTIME_DIR="$work/runtime" MAAKBLOK_HOME="$work/home" LC_ALL=C.UTF-8
unset WAYLAND_DISPLAY
sleep 0.5
pixels="$work/pixels/Xvfb_screen0"
cp "$pixels" "$work/dark"

now_us() { echo "${EPOCHREALTIME/[.,]/}"; }
milliseconds() { echo "$(( ($1 + 500) / 1000 )) ms"; }
median() { sort -n | sed -n "$(( ($1 + 1) / 2 ))p"; }
status() { awk -v name="$2:" '$1 == name { print $2 }' "/proc/$1/status"; }
# Processor time in hundredths of a second, and how often the thread woke up that draws.
ticks() { sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'; }
wakes() { status "$1" voluntary_ctxt_switches; }

# Opens the case. Sets first_us (the first pixels) and last_us (the last change before half a second of rest).
open_case() {
  cp "$case" "$work/case.maakblok"
  local begin seen quiet_since
  begin="$(now_us)"
  "$program" --renderer "$1" "$work/case.maakblok" >"$work/out" 2>&1 &
  program_pid=$!
  while cmp -s "$pixels" "$work/dark"; do
    kill -0 "$program_pid" 2>/dev/null || { echo "The program ended before it painted:" >&2; cat "$work/out" >&2; exit 1; }
    [ $(($(now_us) - begin)) -lt 60000000 ] || { echo "Nothing was painted within a minute." >&2; exit 1; }
  done
  first_us=$(($(now_us) - begin))
  last_us="$first_us"
  cp "$pixels" "$work/seen"
  quiet_since="$(now_us)"
  while [ $(($(now_us) - quiet_since)) -lt 500000 ]; do
    if ! cmp -s "$pixels" "$work/seen"; then
      last_us=$(($(now_us) - begin))
      cp "$pixels" "$work/seen"
      quiet_since="$(now_us)"
    fi
  done
}

close_case() {
  kill "$program_pid" 2>/dev/null || true
  wait "$program_pid" 2>/dev/null || true
  program_pid=""
  rm -f "$work"/case.maakblok*
  for _ in $(seq 100); do cmp -s "$pixels" "$work/dark" && return; sleep 0.02; done
  cp "$pixels" "$work/dark"
}

printf '| renderer | painted | last change | in memory | most memory | idle %s s: processor | wake-ups |\n' "$idle_s"
printf '|---|--:|--:|--:|--:|--:|--:|\n'
for renderer in "${renderers[@]}"; do
  : >"$work/first"
  : >"$work/last"
  # The first run warms the caches of files and shaders and does not count.
  for run in $(seq 0 "$runs"); do
    open_case "$renderer"
    if [ "$run" -gt 0 ]; then
      echo "$first_us" >>"$work/first"
      echo "$last_us" >>"$work/last"
    fi
    [ "$run" -eq "$runs" ] || close_case
  done
  # Notices that go by themselves have gone.
  sleep 8
  resident="$(status "$program_pid" VmRSS)" most="$(status "$program_pid" VmHWM)"
  ticks_before="$(ticks "$program_pid")" wakes_before="$(wakes "$program_pid")"
  sleep "$idle_s"
  spent=$(($(ticks "$program_pid") - ticks_before)) woken=$(($(wakes "$program_pid") - wakes_before))
  close_case
  printf '| %s | %s | %s | %s MB | %s MB | %s ms | %s |\n' "$renderer" \
    "$(milliseconds "$(median "$runs" <"$work/first")")" "$(milliseconds "$(median "$runs" <"$work/last")")" \
    "$((resident * 1024 / 1000000))" "$((most * 1024 / 1000000))" "$((spent * 10))" "$woken"
done
echo
echo "Every frame wakes the thread that draws: 0 wake-ups are 0 frames."
