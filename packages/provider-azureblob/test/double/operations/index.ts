/** Every operation that the double knows. */
import type { Operation } from "../Operation.ts"
import { blobBatch } from "./batch.ts"
import { blockOperations } from "./blocks.ts"
import { containerOperations } from "./containers.ts"
import { copyOperations } from "./copyBlob.ts"
import { deletingOperations } from "./deleteBlob.ts"
import { readingOperations } from "./getBlob.ts"
import { listBlobs } from "./listBlobs.ts"
import { writingOperations } from "./putBlob.ts"
import { tierAndLeaseOperations } from "./tiersAndLeases.ts"

export const operations: ReadonlyArray<Operation> = [
  ...containerOperations,
  listBlobs,
  blobBatch,
  ...readingOperations,
  ...writingOperations,
  ...blockOperations,
  ...deletingOperations,
  ...copyOperations,
  ...tierAndLeaseOperations
]
