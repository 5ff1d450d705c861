# Where results are to go: folders that are missing or closed, and paths that are folders, links or devices.
link_kept() { [ -L link ] && same_json kept.json; }

row 'a folder that is missing' 1 'cannot write no/new.json: No such file or directory: make its folder first' none \
  'run --json no/new.json'
row 'a folder that is a file' 1 'cannot write kept.csv/new.json: Not a directory' none 'run --json kept.csv/new.json'
row 'a path that is a folder' 1 'cannot write folder: it is a folder' none 'mkdir folder; run --samples folder'
row 'a name that is too long' 1 'File name too long' none "run --json $(printf '%0300d' 0)"
row 'a link to a file' 0 '' same 'ln -s kept.json link; run --json link' link_kept
row 'a link to nothing' 1 'cannot write link: it is a link to a file that is not there' none \
  'ln -s nowhere link; run --json link' absent nowhere
row 'a link to itself' 1 'cannot write link: Too many levels of symbolic links' none 'ln -s link link; run --json link'
row 'a device' 0 '' same 'run --json /dev/null --samples /dev/null'
row 'a device that is full' 1 '/dev/full: No space left on device' same 'run --json /dev/full'
row 'a project of a name that is taken' 1 "'kept.json' can't be the name" none '"$roisim" init kept.json || exit 1'
row 'a project whose name is a dangling link' 1 'is there already' none 'ln -s nowhere fresh; "$roisim" init fresh' absent nowhere
if [ -n "$as_user" ]; then
  user_row() { # row with a folder of the user's own, where `shut` may not be written to
    r=$1 s=$2 p=$3 o=$4 c=$5
    shift 5
    row "$r" "$s" "$p" "$o" "mkdir shut && cp kept.* hello.lua shut && chmod 555 shut && chmod 755 . && cd shut && $c" "$@"
  }
  user_row 'a folder that may not be written to' 1 'Permission denied: it is written beside its place first' none \
    '$as_user "$roisim" hello.lua --json new.json' absent shut/new.json
  user_row 'a file that may not be written to' 1 'cannot write kept.json: Permission denied' none \
    'chmod 444 kept.json; $as_user "$roisim" hello.lua --json kept.json' \
    holds shut/kept.json '{ "of": "before" }'
  user_row 'a project in a folder that may not be written to' 1 "can't make the folder 'fresh': Permission denied" none \
    '$as_user "$roisim" init fresh' absent shut/fresh
else
  skip 'folders that may not be written to: root may, and setpriv is missing'
fi
