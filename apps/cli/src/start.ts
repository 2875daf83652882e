#!/usr/bin/env node
/**
 * The entry point of the command: prepares the engine, and only then loads the program.
 *
 * The code of the program and of its plugins is compiled once and kept in the user's cache folder; the default place of
 * Node, below the folder for temporary files, could be prepared by another user.
 */
import { enableCompileCache } from "node:module"
import { homedir } from "node:os"
import { join } from "node:path"

/**
 * For copies and mounts, how the collector works: young blocks of bytes are found at once instead of when megabytes of
 * small objects have come, which saves tens of megabytes, and marking is done in one go. Blocks of bytes set it off again
 * and again, and in steps it takes more time than all else; in one go it holds a mount up for milliseconds, or for a
 * tenth of a second where a hundred thousand names are known. The engine takes these at its start only, so the process
 * begins anew in its place, where it can.
 */
const flags = ["--max-semi-space-size=1", "--no-incremental-marking"]
const { argv, execArgv, execPath, platform } = process
const env = process.env
const moving = argv[2] === "cp" || argv[2] === "mount"
if (moving && platform !== "win32" && !flags.every((flag) => execArgv.includes(flag))) {
  process.execve?.(execPath, [execPath, ...execArgv, ...flags, ...argv.slice(1)], env)
}

enableCompileCache(join(env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "mooring"))
const { main } = await import("./main.ts")
main()
