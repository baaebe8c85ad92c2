# Runs the server given as arguments, and stops it (fast shutdown) when standard input ends: then the parent is gone.
exec 3<&0
"$@" </dev/null &
server=$!
(
    while read -r _ <&3; do :; done
    kill -INT "$server"
) 2>/dev/null &
watch=$!
trap 'kill -INT "$server"' INT TERM
while kill -0 "$server" 2>/dev/null; do
    wait "$server"
    status=$?
done
kill "$watch" 2>/dev/null
exit "$status"
