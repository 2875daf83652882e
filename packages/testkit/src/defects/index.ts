/**
 * The seeded defects: the proof that the suites notice what they are there for.
 */
import { changing } from "./changing.ts"
import type { Defect } from "./Defect.ts"
import { keeping } from "./keeping.ts"
import { listing } from "./listing.ts"
import { naming } from "./naming.ts"
import { opening } from "./opening.ts"
import { reading } from "./reading.ts"
import { writing } from "./writing.ts"

export type { Defect } from "./Defect.ts"

/** All of them, each with the suites that must fail over it. */
export const defects: ReadonlyArray<Defect> = [
  ...listing,
  ...reading,
  ...writing,
  ...naming,
  ...changing,
  ...keeping,
  ...opening
]
