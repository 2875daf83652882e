/**
 * Clients one after the other at one row.
 */
import { loadavg } from "node:os"
import type { Measurement } from "./measure.ts"
import type { Result } from "./table.ts"

/** A line for whoever looks on. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** How busy the machine is. */
export const load = (): string => `load ${loadavg()[0]?.toFixed(1)}`

/** One line of the table, whatever is measured. */
export interface Measured<Client> {
  readonly name: string
  /** Makes what the row reads; once. */
  readonly begin: () => void
  readonly measure: (client: Client) => Promise<Measurement>
  /** Removes what a run has stored. */
  readonly end: () => void
}

/** Runs the clients in turn, the other one first in every second round. */
export const inTurn = async <Client extends { readonly name: string }>(
  row: Measured<Client>,
  clients: readonly [Client, Client],
  rounds: number
): Promise<Result> => {
  row.begin()
  const runs: Record<string, Array<Measurement>> = { mooring: [], rclone: [] }
  for (let round = 0; round < rounds; round += 1) {
    for (const client of round % 2 === 0 ? clients : clients.toReversed()) {
      const run = await row.measure(client)
      runs[client.name]?.push(run)
      const { wall, processor, memory } = run
      say(
        `${row.name}, ${client.name}: ${wall.toFixed(2)} s, CPU ${processor.toFixed(2)} s, ${memory.toFixed(0)} MiB, ${load()}`
      )
      row.end()
    }
  }
  return { row: row.name, mooring: runs["mooring"] ?? [], rclone: runs["rclone"] ?? [] }
}
