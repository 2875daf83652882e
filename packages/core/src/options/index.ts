/**
 * The kinds of options that a provider's schema is made of: `Options.text({ help: … })`.
 */
export { boolean } from "./boolean.ts"
export { choice } from "./choice.ts"
export { encoding } from "./encoding.ts"
export { integer } from "./integer.ts"
export { size } from "./size.ts"
export { secret, text } from "./text.ts"
export { time } from "./time.ts"
export { tristate } from "./tristate.ts"
