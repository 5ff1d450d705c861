# SIGSTOP and SIGCONT: the numbers are the same. Time goes on for --time-limit; a script is not charged for it.
if [ -n "$failing" ]; then
  for call in poll.1 fork.1 pthread_create.1 fsync.1 rename.1; do
    row "stopped at ${call%.*}" 0 '' same \
      "stopped ${call%.*} ${call#*.} hello.lua --trials 9000 --threads 2 --json new.json; go_on" same_json new.json
  done
  row 'stopped for longer than the script may take' 0 '' same \
    'stopped poll 1 hello.lua --trials 9000 --threads 2 --script-time 1; sleep 3; go_on'
  row 'stopped for longer than the time limit' 3 'the time limit passed before there was any result' none \
    'stopped pthread_create 1 hello.lua --trials 9000 --threads 2 --json kept.json --time-limit 1; sleep 1.5; go_on'
else
  skip 'stopped at a call: no calls are tampered with under a sanitizer'
fi
