/**
 * Programs that were not written for object stores: version control, a database, archives, a build, and memory maps.
 */
import { layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { succeeds } from "./Program.ts"
import { SharedMount, sharing } from "./mounted.ts"
import { subjects } from "./Subject.ts"

/** A repository of version control with some history, at `$1`. */
const repository = `
git init -q -b main "$1"; cd "$1"
for number in $(seq 12); do
  mkdir -p "src/$((number % 4))"
  seq $((number * 50)) >"src/$((number % 4))/file $number.txt"
  git add .; git commit -qm "change $number"
done`

const identity = {
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@localhost",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@localhost",
  GIT_CONFIG_NOSYSTEM: "1"
}

/** `$1` is in the mount, \`$2\` the repository. */
const versions = `
git clone -q --no-hardlinks "$2" "$1/clone"; cd "$1/clone"
[ -z "$(git status --porcelain)" ]
echo more >>'src/1/file 1.txt'; [ "$(git status --porcelain)" = ' M "src/1/file 1.txt"' ]
git commit -qam more; git checkout -q -b other HEAD~5; echo x >x; git add x; git commit -qm x; git merge -q -m merged main
git gc -q --prune=now; git fsck --full --strict; [ -z "$(git status --porcelain)" ]
git push -q "$2" other; git clone -q "$1/clone" "$1/again"
diff -r --exclude .git "$1/clone" "$1/again"`

/** `$1` is a directory of the mount, `$2` a plain one. A database of its own in each mode of its journal. */
const database = `
cd "$1"
for mode in delete truncate off; do
  sqlite3 "$mode.db" "pragma journal_mode=$mode; create table t (id integer primary key, text text);" >"$2/mode"
  [ "$(cat "$2/mode")" = "$mode" ]
  for batch in 1 2 3; do
    sqlite3 "$mode.db" "pragma journal_mode=$mode; begin;
      with recursive n (i) as (select 1 union all select i + 1 from n where i < 500) insert into t (text) select hex(randomblob(50)) from n;
      delete from t where id % 7 = $batch; update t set text = 'changed' where id % 5 = $batch; commit;" >/dev/null
  done
  [ "$(sqlite3 "$mode.db" 'pragma integrity_check')" = ok ]
  cp "$mode.db" "$2/copy.db"
  [ "$(sqlite3 "$2/copy.db" 'pragma integrity_check')" = ok ]
  [ "$(sqlite3 "$mode.db" 'select count(*), sum(length(text)) from t')" = "$(sqlite3 "$2/copy.db" 'select count(*), sum(length(text)) from t')" ]
  sqlite3 "$mode.db" "vacuum"
  [ "$(sqlite3 "$mode.db" 'pragma integrity_check')" = ok ]
done`

/** What needs memory that processes share: it works, or the mode stays what it was; either way the database is whole. */
const sharedLog = `
cd "$1"
sqlite3 wal.db "pragma journal_mode=wal; create table t (a); insert into t values (1), (2); select count(*) from t;" >"$2/said"
grep -qx 2 "$2/said"
sqlite3 wal.db "insert into t values (3)"
[ "$(sqlite3 wal.db 'select count(*) from t; pragma integrity_check' | tr '\\n' ' ')" = "3 ok " ]`

const archives = `
cd "$2"; mkdir -p source/deep/er source/empty
for number in $(seq 60); do head -c $((number * 777)) /dev/urandom >"source/deep/file $number"; done
head -c 3000000 /dev/urandom >source/deep/er/large; : >source/nothing
find source -type f -exec touch -d '2020-02-02 02:02:02' {} +
tar -cf "$1/archive.tar" source
mkdir "$1/extracted"; tar -xf "$1/archive.tar" -C "$1/extracted" --no-same-owner --no-same-permissions
diff -r source "$1/extracted/source"
[ "$(stat -c %Y "$1/extracted/source/deep/file 7")" = "$(stat -c %Y "source/deep/file 7")" ]
rsync -rt source/ "$1/synchronised"
diff -r source "$1/synchronised"
echo more >>source/deep/er/large; rm 'source/deep/file 3'
rsync -rt --delete --itemize-changes source/ "$1/synchronised" >changes
diff -r source "$1/synchronised"
grep -q 'deep/er/large' changes; [ -z "$(grep 'file 7' changes)" ]
rsync -rt --inplace --no-whole-file source/ "$1/synchronised"; diff -r source "$1/synchronised"
rm -r "$1/extracted" "$1/synchronised"
[ "$(ls "$1")" = archive.tar ]`

const build = `
mkdir "$1/program"; cd "$1/program"
for number in $(seq 8); do echo "int f$number(int x) { return x + $number; }" >"f$number.c"; done
{ echo '#include <stdio.h>'; for number in $(seq 8); do echo "int f$number(int);"; done
  echo 'int main(void) { int x = 0;'; for number in $(seq 8); do echo "x = f$number(x);"; done
  echo 'printf("%d", x); return 0; }'; } >main.c
{ echo 'objects = main.o'; seq -f 'objects += f%g.o' 8; printf 'program: $(objects)\\n\\tcc -o $@ $(objects)\\n'; } >Makefile
make -s -j 4
cp program "$2/program"; chmod +x "$2/program"
[ "$("$2/program")" = 36 ]
make -q
echo 'int f1(int x) { return x + 101; }' >f1.c
if make -q; then exit 1; fi; make -s; cp program "$2/program"; [ "$("$2/program")" = 136 ]`

/** Writers and readers through shared mappings, in processes of their own, and a reader by calls. */
const maps = `
python3 - "$1/mapped" <<'END'
import mmap, os, subprocess, sys
path, size, writers = sys.argv[1], 1 << 20, 4
with open(path, "wb") as file: file.truncate(size)
write = """
import mmap, sys
path, which = sys.argv[1], int(sys.argv[2])
with open(path, "r+b") as file, mmap.mmap(file.fileno(), 0) as mapping:
    for at in range(which * 4096, len(mapping), 4 * 4096):
        mapping[at:at + 4096] = bytes([which + 1]) * 4096
    mapping.flush()
"""
children = [subprocess.Popen([sys.executable, "-c", write, path, str(which)]) for which in range(writers)]
assert [child.wait() for child in children] == [0] * writers
expected = b"".join(bytes([at // 4096 % writers + 1]) * 4096 for at in range(0, size, 4096))
with open(path, "rb") as file: assert file.read() == expected
read = "import hashlib, mmap, sys; f = open(sys.argv[1], 'rb'); print(hashlib.sha256(mmap.mmap(f.fileno(), 0, prot=mmap.PROT_READ)).hexdigest())"
import hashlib
wanted = hashlib.sha256(expected).hexdigest()
readers = [subprocess.Popen([sys.executable, "-c", read, path], stdout=subprocess.PIPE, text=True) for _ in range(4)]
assert [reader.communicate()[0].strip() for reader in readers] == [wanted] * 4
END
cat "$1/mapped" | sha256sum | cut -d' ' -f1`

/** A timer of a millisecond, as profilers and progress bars have, and as many calls as it takes to be hit by it. */
const timer = `
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>
static volatile int ticks;
static void tick(int signal) { ticks++; }
static void done(const char *what, int result) {
  if (result < 0) { printf("%s: %s\\n", what, strerror(errno)); _exit(1); }
}
int main(void) {
  struct sigaction action = {.sa_handler = tick, .sa_flags = SA_RESTART};
  struct itimerval interval = {{0, 1000}, {0, 1000}};
  sigaction(SIGALRM, &action, 0);
  setitimer(ITIMER_REAL, &interval, 0);
  for (int i = 0; ticks < 100 || i < 20; i++) {
    char name[32], other[32];
    sprintf(name, "f%d", i); sprintf(other, "g%d", i);
    int file = open(name, O_CREAT | O_EXCL | O_WRONLY, 0644);
    done("open", file);
    done("write", write(file, "x", 1));
    done("fsync", fsync(file));
    done("close", close(file));
    done("rename", rename(name, other));
    sprintf(name, "d%d", i);
    done("mkdir", mkdir(name, 0755));
    done("rmdir", rmdir(name));
    done("unlink", unlink(other));
  }
  return 0;
}`

/** A new directory of the mount, and a plain one. */
const folders = Effect.fnUntraced(function* (name: string) {
  const { directory, folder } = yield* SharedMount
  const [here, plain] = [join(directory, name), join(folder, `plain-${name}`)] as const
  mkdirSync(here)
  mkdirSync(plain)
  return [here, plain] as const
})

for (const subject of subjects) {
  layer(SharedMount.layer(subject), sharing)(`programs on ${subject.name}`, (it) => {
    it.effect("version control clones, commits, collects garbage, and finds nothing broken", () =>
      Effect.gen(function* () {
        const [here, plain] = yield* folders("git")
        const surroundings = { env: { ...identity, HOME: plain } }
        yield* succeeds(repository, [join(plain, "origin")], surroundings)
        yield* succeeds(versions, [here, join(plain, "origin")], surroundings)
      })
    )

    it.effect("a database keeps its integrity, whichever journal it has", () =>
      Effect.gen(function* () {
        const both = yield* folders("database")
        yield* succeeds(database, both)
        yield* succeeds(sharedLog, both)
      })
    )

    it.effect("archives are made, extracted and synchronised", () =>
      Effect.flatMap(folders("archives"), (both) => succeeds(archives, both))
    )

    it.effect("a program is built, and only what changed is built again", () =>
      Effect.flatMap(folders("build"), (both) => succeeds(build, both))
    )

    it.effect("processes write and read by memory maps", () =>
      Effect.flatMap(folders("maps"), (both) => succeeds(maps, both))
    )

    it.effect("a program with a timer is not interrupted", () =>
      Effect.gen(function* () {
        const [here, plain] = yield* folders("timer")
        yield* succeeds('printf %s "$3" >"$2/timer.c"; cc -o "$2/timer" "$2/timer.c"; cd "$1"; "$2/timer"', [
          here,
          plain,
          timer
        ])
      })
    )
  })
}
