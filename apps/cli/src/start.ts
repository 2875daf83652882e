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

enableCompileCache(join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "mooring"))
const { main } = await import("./main.ts")
main()
