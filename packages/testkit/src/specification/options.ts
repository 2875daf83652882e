/**
 * The options of the fifteen providers: names, types, defaults and what is required. They are a contract with users
 * and never change.
 */
import { cloud } from "./cloud.ts"
import { compatible } from "./compatible.ts"
import { decentralized } from "./decentralized.ts"
import { enterprise } from "./enterprise.ts"
import type { SpecifiedProvider } from "./SpecifiedProvider.ts"

/** Provider id to its options. */
export const specification: Readonly<Record<string, SpecifiedProvider>> = {
  ...cloud,
  ...compatible,
  ...enterprise,
  ...decentralized
}
