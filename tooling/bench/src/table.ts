/**
 * Medians, their spread, and the ratio of one client to the other, as a table of Markdown.
 */
import type { Measurement } from "./measure.ts"

/** The runs of one row, client by client. */
export interface Result {
  readonly row: string
  readonly mooring: ReadonlyArray<Measurement>
  readonly rclone: ReadonlyArray<Measurement>
}

type Quantity = keyof Measurement

const quantities: ReadonlyArray<readonly [Quantity, string, number]> = [
  ["wall", "wall s", 2],
  ["processor", "CPU s", 2],
  ["memory", "peak MiB", 0]
]

const sorted = (runs: ReadonlyArray<Measurement>, quantity: Quantity) =>
  runs.map((run) => run[quantity]).toSorted((left, right) => left - right)

/** The middle one; of an even number the mean of the two in the middle. */
const median = (values: ReadonlyArray<number>): number => {
  const half = values.length / 2
  return ((values[Math.ceil(half) - 1] ?? Number.NaN) + (values[Math.floor(half)] ?? Number.NaN)) / 2
}

const shown = (runs: ReadonlyArray<Measurement>, quantity: Quantity, digits: number): string => {
  const values = sorted(runs, quantity)
  const [least = 0, most = 0] = [values[0], values.at(-1)]
  return `${median(values).toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`
}

/** A line for each row and quantity: median with least and most, and Mooring's as a fraction of rclone's. */
export const table = (results: ReadonlyArray<Result>): string =>
  [
    "| | | Mooring | rclone | ratio |",
    "| --- | --- | --- | --- | --- |",
    ...results.flatMap(({ row, mooring, rclone }) =>
      quantities.map(([quantity, title, digits]) => {
        const ratio = median(sorted(mooring, quantity)) / median(sorted(rclone, quantity))
        const cells = [row, title, shown(mooring, quantity, digits), shown(rclone, quantity, digits), ratio.toFixed(2)]
        return `| ${cells.join(" | ")} |`
      })
    )
  ].join("\n")
