/**
 * What both clients are asked to do, for every operation that we send.
 */
import { directoryWorks } from "./directoryWorks.ts"
import { optionWorks } from "./optionWorks.ts"
import { plainWorks } from "./plainWorks.ts"
import { uploadWorks } from "./uploadWorks.ts"
import { versionWorks } from "./versionWorks.ts"
import type { Work } from "./Work.ts"

export const works: ReadonlyArray<Work> = [
  ...plainWorks,
  ...versionWorks,
  ...uploadWorks,
  ...optionWorks,
  ...directoryWorks
]
