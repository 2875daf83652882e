/** Every case that needs nothing but this process. */
import { answers } from "./answers.ts"
import { bucket } from "./bucket.ts"
import { clock } from "./clock.ts"
import { credentials } from "./credentials.ts"
import { endpoint } from "./endpoint.ts"
import { network } from "./network.ts"
import { options } from "./options.ts"
import { pathStyle } from "./pathStyle.ts"
import { permissions } from "./permissions.ts"
import { proxies } from "./proxies.ts"
import { region } from "./region.ts"
import { tls } from "./tls.ts"

export const cases = [
  ...endpoint,
  ...network,
  ...tls,
  ...region,
  ...credentials,
  ...permissions,
  ...bucket,
  ...pathStyle,
  ...clock,
  ...proxies,
  ...answers,
  ...options
]
