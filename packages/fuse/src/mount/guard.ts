/**
 * What unmounts when this process is killed: a program of its own that waits for its input to end.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import { leaving, startGuard } from "../Host.ts"
import { escaped } from "./mountInfo.ts"
import { typeOf, type Settings } from "./MountOptions.ts"
import type { Route } from "./Route.ts"

/**
 * `$1` is the point as mountinfo has it, `$2` the type and `$3` the point; the rest is what to run. A word on the input
 * says that all is well. Without it, the mount that is seen at the point is taken away if it is of the type and does not
 * answer: one that does is another's that came after. Its connection is aborted first, where the kernel lets its owner do
 * that: a process that ends may wait for one of its own requests.
 */
const script = `
read -r word
[ "$word" = ${leaving} ] && exit 0
found= device=
while read -r _ _ number _ point rest; do
  [ "$point" = "$1" ] && found=\${rest#* - } device=\${number#*:}
done </proc/self/mountinfo
case "$found" in "$2 "*) ;; *) exit 0 ;; esac
said=$(LC_ALL=C timeout 5 stat -- "$3" 2>&1)
case "$? $said" in "124 "* | *"ot connected"* | *"onnection abort"*) ;; *) exit 0 ;; esac
(echo 1 >"/sys/fs/fuse/connections/$device/abort") 2>/dev/null
shift 3
exec "$@"`

const missing = StorageError.of("unsupported", "there is no shell on this machine, which unmounts after a crash")

/** Starts it. What it gives tells it to leave. */
export const guard = (route: Route, settings: Settings, point: string): Effect.Effect<() => void, StorageError> => {
  const { program, args } = route.detach(point, "forced")
  const words = ["-c", script, "sh", escaped(point), typeOf(settings), point, program, ...args]
  return Effect.flatMap(startGuard("sh", words), (leave) =>
    leave === undefined ? Effect.fail(missing) : Effect.succeed(leave)
  )
}
