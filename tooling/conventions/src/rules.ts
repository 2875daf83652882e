/** All rules. */
import { arrows } from "./arrows.ts"
import { forbiddenCalls } from "./forbiddenCalls.ts"
import { manifests } from "./manifests.ts"
import { naming } from "./naming.ts"
import { privacy } from "./privacy.ts"
import { providerAnatomy } from "./providerAnatomy.ts"
import type { SourceFile, Violation } from "./SourceFile.ts"

const fileRules = [arrows, forbiddenCalls, manifests, naming, privacy]
const treeRules = [providerAnatomy]

/** Everything in the tree that is not as agreed. */
export const check = (files: ReadonlyArray<SourceFile>): ReadonlyArray<Violation> => [
  ...files.flatMap((file) => fileRules.flatMap((rule) => rule(file))),
  ...treeRules.flatMap((rule) => rule(files))
]
