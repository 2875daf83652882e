/** Every case that needs nothing but this process. */
import { families } from "@mooring/testkit/doctor"
import { subject } from "../worlds.ts"
import { credentials } from "./credentials.ts"
import { answers } from "./answers.ts"
import { buckets } from "./buckets.ts"
import { options } from "./options.ts"
import { permissions } from "./permissions.ts"
import { tokens } from "./tokens.ts"

const generic = families(subject)

export const cases = [
  ...generic.endpoint,
  ...generic.network,
  ...generic.faults,
  ...generic.tls,
  ...generic.clock,
  ...generic.proxies,
  ...generic.answers,
  ...credentials,
  ...tokens,
  ...permissions,
  ...buckets,
  ...answers,
  ...options
]
