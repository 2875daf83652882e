/**
 * What both clients are asked to do, for every operation that we send.
 */
import { blobWorks } from "./blobWorks.ts"
import { containerWorks } from "./containerWorks.ts"
import { stateWorks } from "./stateWorks.ts"
import type { Work } from "./Work.ts"

export const works: ReadonlyArray<Work> = [...containerWorks, ...blobWorks, ...stateWorks]
