import { configSuite } from "@mooring/testkit/config"
import { Local } from "../src/Local.ts"

configSuite(Local, { valid: { root: "/srv/files" } })
