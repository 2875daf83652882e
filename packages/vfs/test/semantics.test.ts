import { assert, describe, it } from "@effect/vitest"
import { readdirSync, readFileSync } from "node:fs"

const text = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8")

/** The sentences of SEMANTICS.md, each on its line. */
const sentences = text("../SEMANTICS.md")
  .split("\n")
  .filter((line) => line.startsWith("- "))

/** How the titles of a test file begin. */
const titles = new Map(
  readdirSync(new URL(".", import.meta.url))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => [
      name.slice(0, -".test.ts".length),
      [...text(name).matchAll(/(?:it|effect|prop)\(\s*["`]([^"`]+)["`]/g)].map((match) => match[1]!)
    ])
)

/** The tests that a sentence names at its end. */
const proofs = (sentence: string) =>
  [...sentence.matchAll(/ \((\w+): ([^()]+)\)(?=$| \()/g)].map(([, file, title]) => ({ file: file!, title: title! }))

describe("SEMANTICS.md", () => {
  it.each(sentences)("%s", (sentence) => {
    const named = proofs(sentence)
    assert.isNotEmpty(named)
    for (const { file, title } of named) {
      assert.isTrue(
        titles.get(file)?.some((known) => known.startsWith(title)),
        `there is no test "${title}" in ${file}`
      )
    }
  })

  it("is one page of sentences", () => {
    assert.isAbove(sentences.length, 40)
    assert.isBelow(sentences.length, 70)
  })
})
