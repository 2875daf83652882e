/** Every case that needs nothing but this process. */
import { families } from "@mooring/testkit/doctor"
import { subject } from "../worlds.ts"
import { credentials } from "./credentials.ts"
import { options } from "./options.ts"
import { place } from "./place.ts"
import { signatures } from "./signatures.ts"
import { tokens } from "./tokens.ts"

const generic = families(subject)

export const cases = [
  ...generic.endpoint,
  ...place,
  ...generic.network,
  ...generic.faults,
  ...generic.tls,
  ...credentials,
  ...signatures,
  ...tokens,
  ...generic.clock,
  ...generic.proxies,
  ...generic.answers,
  ...options
]
