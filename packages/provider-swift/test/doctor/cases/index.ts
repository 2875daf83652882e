/** Every case that needs nothing but this process. */
import { families } from "@mooring/testkit/doctor"
import { subject } from "../worlds.ts"
import { version2 } from "./version2.ts"

const generic = families(subject)

export const cases = [
  ...generic.endpoint,
  ...generic.network,
  ...generic.faults,
  ...generic.tls,
  ...generic.clock,
  ...generic.proxies,
  ...generic.answers,
  ...version2
]
