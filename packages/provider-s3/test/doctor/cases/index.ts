/** Every case that needs nothing but this process. */
import { families } from "@mooring/testkit/doctor"
import { subject } from "../worlds.ts"
import { answers } from "./answers.ts"
import { bucket } from "./bucket.ts"
import { clock } from "./clock.ts"
import { credentials } from "./credentials.ts"
import { endpoint } from "./endpoint.ts"
import { options } from "./options.ts"
import { pathStyle } from "./pathStyle.ts"
import { permissions } from "./permissions.ts"
import { region } from "./region.ts"
import { tls } from "./tls.ts"

const generic = families(subject)

export const cases = [
  ...generic.endpoint,
  ...endpoint,
  ...generic.network,
  ...generic.faults,
  ...generic.tls,
  ...tls,
  ...region,
  ...credentials,
  ...permissions,
  ...bucket,
  ...pathStyle,
  ...generic.clock,
  ...clock,
  ...generic.proxies,
  ...generic.answers,
  ...answers,
  ...options
]
