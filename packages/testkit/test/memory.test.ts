/** Every memory store keeps every promise that its limits leave. */
import { conformance } from "../src/conformance.ts"
import { memorySubject, personalities } from "../src/memory/index.ts"

for (const personality of personalities) {
  const skipped = new URL(`skipped/${personality.name}.txt`, import.meta.url)
  await conformance(memorySubject(personality), { skipped })
}
