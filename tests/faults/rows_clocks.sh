# Clocks that jump are tried by sweep.c at each call; here, locales whose decimal mark is a comma.
measured='"$roisim" measured.lua --trials 500 --json new.json --samples new.csv --prob "npv > 1.5" --set served=1.75'
begin
"$roisim" measured.lua --trials 500 --json "$work/measured.json" --samples "$work/measured.csv" --prob 'npv > 1.5' --set served=1.75 \
  >"$work/measured" || exit 2
files_as_measured() { cmp new.csv "$work/measured.csv" && same_json new.json "$work/measured.json"; }
as_measured() { cmp "$work/out" "$work/measured" && files_as_measured; }
if command -v localedef >/dev/null && localedef -i de_DE -f UTF-8 "$work/de_DE.UTF-8" 2>/dev/null &&
  [ "$(LOCPATH=$work LC_ALL=de_DE.UTF-8 env printf %.1f 0,5 2>/dev/null)" = 0,5 ]; then
  row 'a decimal comma' 0 '' any "LOCPATH=\$work LC_ALL=de_DE.UTF-8 $measured" as_measured
  # The command sets no locale; if a library that it uses did, files would still be the same, and the report would have commas.
  [ -z "$failing" ] || row 'a decimal comma set by a library' 0 '' any \
    "FAULT_CALL=locale LOCPATH=\$work LC_ALL=de_DE.UTF-8 LD_PRELOAD=\$failing $measured" files_as_measured
else
  skip 'a decimal comma: localedef or the sources of de_DE are missing'
fi
