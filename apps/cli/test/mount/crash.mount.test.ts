/**
 * The process of a mount is killed while files are written: what a program was told is stored is at the backend, nothing
 * dead is left at the mount point, and it can be mounted again at once. rclone reads the bytes back, and not Mooring.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { randomInt } from "node:crypto"
import { existsSync, mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { background, bash, succeeds } from "./Program.ts"
import { connected, isMounted, mount, type Connected } from "./mounted.ts"
import { subjects } from "./Subject.ts"

const rounds = Number(process.env["MOORING_ROUNDS"] ?? 10)

/**
 * Writes files of random sizes without end, some closed and some synchronised first; after each that succeeded it writes
 * name and SHA-256 down, durably. It ends at the first error, which it must meet.
 */
const writer = `
import hashlib, os, random, sys
directory, log, seed = sys.argv[1:]
random.seed(int(seed))
told = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
number = 0
try:
    while True:
        number += 1
        name = "%s-%d" % (seed, number)
        file = os.open(os.path.join(directory, name), os.O_CREAT | os.O_WRONLY | os.O_EXCL)
        digest = hashlib.sha256()
        for _ in range(random.choice([1, 1, 1, 2, 40])):
            block = random.randbytes(random.randint(1, 300000))
            digest.update(block)
            while block:
                block = block[os.write(file, block):]
        if random.random() < 0.5:
            os.fsync(file)
        else:
            os.close(file)
        os.write(told, ("%s  %s\\n" % (digest.hexdigest(), name)).encode())
        os.fsync(told)
except OSError as error:
    print(error.strerror)`

/** Copies what is at the backend to a folder, by rclone. */
const readBack = ({ provider, config, path }: Connected, to: string) => {
  const remote = provider === "local" ? String(config["root"]) : `remote:${path.join("/")}`
  const options = Object.entries({ ...config, type: provider, provider: "Ceph" }).map(
    ([name, value]) => [`RCLONE_CONFIG_REMOTE_${name.toUpperCase()}`, String(value)] as const
  )
  const env = provider === "local" ? {} : Object.fromEntries(options)
  return succeeds('env -u AWS_CA_BUNDLE rclone --config= copy "$1" "$2"', [remote, to], { env })
}

const numberOf = (log: string): number => (existsSync(log) ? readFileSync(log, "utf8").split("\n").length - 1 : 0)

for (const subject of subjects) {
  describe(`a mount of ${subject.name} whose process is killed`, () => {
    it.live(
      `loses nothing that was acknowledged, in ${rounds} rounds`,
      () =>
        Effect.gen(function* () {
          const backend = yield* connected(subject)
          const { folder, directory } = backend
          const log = join(folder, "acknowledged")
          const seed = randomInt(1_000_000)
          process.stdout.write(`seed ${seed} on ${subject.name}\n`)
          for (let round = 0; round < rounds; round += 1) {
            yield* Effect.scoped(
              Effect.gen(function* () {
                const { server } = yield* mount(backend)
                const before = numberOf(log)
                const program = yield* background('exec python3 -c "$1" "$2" "$3" "$4"', [
                  writer,
                  directory,
                  log,
                  String(seed + round)
                ])
                while (numberOf(log) < before + 2) yield* Effect.sleep(10)
                yield* Effect.sleep(((seed + 7919 * round) % 97) * 7)
                server.signal("SIGKILL")
                yield* server.ended
                const { status, output } = yield* program.ended
                assert.strictEqual(status, 0, output)
                // Whoever unmounts is another process than the one that was killed.
                const gone = yield* bash(
                  'for i in $(seq 100); do grep -q " $1 " /proc/self/mountinfo || exit 0; sleep 0.05; done; exit 1',
                  [directory]
                )
                assert.deepStrictEqual([gone.status, isMounted(directory)], [0, false], "a dead mount is left")
              })
            )
          }
          const copy = join(folder, "copy")
          mkdirSync(copy)
          yield* readBack(backend, copy)
          yield* succeeds('cd "$1"; sha256sum --quiet -c "$2"', [copy, log])
          assert.isAtLeast(numberOf(log), 2 * rounds)
          const again = yield* mount(backend)
          yield* succeeds('cd "$1"; sha256sum --quiet -c "$2"', [again.directory, log])
        }),
      rounds * 60_000
    )
  })
}
