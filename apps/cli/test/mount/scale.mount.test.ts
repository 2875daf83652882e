/**
 * Many files in one directory, many readers of one file, files of many parts, and names that few expect.
 */
import { assert, layer } from "@effect/vitest"
import type { ObjectStore, Path } from "@mooring/core"
import { listPages } from "@mooring/core/list"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { createHash, randomBytes } from "node:crypto"
import { join } from "node:path"
import { hostile } from "../hostileNames.ts"
import { bash, succeeds } from "./Program.ts"
import { SharedMount, sharing, type Connected } from "./mounted.ts"
import { subjects } from "./Subject.ts"

/** The kernel does not care who asks: without rights it is enough that many are more than one answer holds. */
const many = process.getuid?.() === 0 ? 10_000 : 2000
const mebibyte = 1024 * 1024

/** Makes, in several threads, files of their own number in a directory `$1`. */
const makeMany = `
python3 - "$1" "$2" <<'END'
import os, sys
from concurrent.futures import ThreadPoolExecutor
directory, count = sys.argv[1], int(sys.argv[2])
os.mkdir(directory)
def make(number):
    with open(f"{directory}/file-{number:05}", "x") as file: file.write(f"{number:05}")
with ThreadPoolExecutor(16) as pool: list(pool.map(make, range(count)))
END`

/** Names, sizes and times of all, and the bytes of some. */
const seeMany = `
cd "$1"
[ "$(ls | wc -l)" = "$2" ]
[ "$(find . -type f -size 5c | wc -l)" = "$2" ]
[ "$(ls | sort | sed -n 778p)" = file-00777 ]
for name in file-00000 file-01000 file-01999; do [ "$(cat "$name")" = "\${name#file-}" ]; done
[ ! -e "file-$(printf %05d "$2")" ]`

/** How many objects are directly in a directory of the backend. */
const countAt = (store: ObjectStore, directory: Path) =>
  Stream.runFold(
    listPages(store, directory),
    () => 0,
    (total, { entries }) => total + entries.filter(({ kind }) => kind === "object").length
  )

const sum = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")

const shared = randomBytes(24 * mebibyte + 4321)

/** What others stored before it is mounted. */
const prepare = ({ store, path }: Connected) =>
  Effect.gen(function* () {
    const put = (names: Path, bytes: Uint8Array) =>
      store.write([...path, ...names], Stream.succeed(bytes), { size: bytes.length })
    const numbers = Array.from({ length: many }, (_, number) => String(number).padStart(5, "0"))
    yield* put(["shared"], shared)
    yield* Effect.forEach(numbers, (number) => put(["before", `file-${number}`], Buffer.from(number)), {
      concurrency: 16,
      discard: true
    })
  }).pipe(Effect.orDie)

for (const subject of subjects) {
  layer(SharedMount.layer(subject, prepare), sharing)(`on ${subject.name}`, (it) => {
    it.effect(`${many} files that are at the backend are seen`, () =>
      Effect.gen(function* () {
        const { directory } = yield* SharedMount
        yield* succeeds(seeMany, [join(directory, "before"), String(many)])
      })
    )

    it.effect(`${many} files that are made in one directory are seen, and are at the backend`, () =>
      Effect.gen(function* () {
        const { directory, store, path } = yield* SharedMount
        yield* succeeds(makeMany, [join(directory, "made"), String(many)])
        yield* succeeds(seeMany, [join(directory, "made"), String(many)])
        assert.strictEqual(yield* countAt(store, [...path, "made"]), many)
      })
    )

    it.effect("64 processes that read one file at a time read what is there", () =>
      Effect.gen(function* () {
        const { directory } = yield* SharedMount
        const read = "seq 64 | xargs -P 64 -I{} sha256sum \"$1\" | cut -d' ' -f1 | uniq -c"
        const said = yield* succeeds(read, [join(directory, "shared")])
        assert.strictEqual(said.trim(), `64 ${sum(shared)}`)
      })
    )

    it.effect("a file of 300 MiB is written and read in one go", () =>
      Effect.gen(function* () {
        const { directory, folder, store, path } = yield* SharedMount
        const plain = join(folder, "large")
        yield* succeeds(
          'head -c $((300 * 1024 * 1024 + 12345)) /dev/urandom >"$1"; dd if="$1" of="$2/large" bs=1M 2>/dev/null',
          [plain, directory]
        )
        const info = yield* store.stat([...path, "large"])
        assert.strictEqual(info.kind === "object" && info.size, 300 * mebibyte + 12345)
        const hash = createHash("sha256")
        const { body } = yield* store.read([...path, "large"])
        yield* Stream.runForEach(body, (bytes) => Effect.sync(() => hash.update(bytes)))
        yield* succeeds(
          '[ "$(sha256sum <"$1")" = "$3  -" ]; cmp "$1" "$2/large"; truncate -s 5M "$2/large"; cmp -n 5242880 "$1" "$2/large"',
          [plain, directory, hash.digest("hex")]
        )
      })
    )

    it.effect("hostile names are what they were", () =>
      Effect.gen(function* () {
        const { directory, folder } = yield* SharedMount
        const escaped = hostile.map((name) => name.toString("hex")).join(" ")
        const said = yield* bash(
          `python3 - "$@" <<'END'
import os, sys
mount, plain, *names = (os.fsencode(word) for word in sys.argv[1:])
for folder in mount, plain:
    os.mkdir(folder)
    for name in names:
        name = bytes.fromhex(name.decode())
        with open(folder + b"/" + name, "wb") as file: file.write(name)
        os.mkdir(folder + b"/in " + name)
        with open(folder + b"/in " + name + b"/" + name, "wb") as file: file.write(name)
        os.rename(folder + b"/" + name, folder + b"/in " + name + b"/renamed " + name)
tree = lambda folder: sorted((at[len(folder):], sorted(files), sorted(below)) for at, below, files in os.walk(folder))
assert tree(mount) == tree(plain), (tree(mount), tree(plain))
END
cd "$1"; diff -r . "$2"`,
          [join(directory, "names"), join(folder, "names"), ...escaped.split(" ")]
        )
        assert.deepStrictEqual(said, { status: 0, output: "" })
      })
    )
  })
}
