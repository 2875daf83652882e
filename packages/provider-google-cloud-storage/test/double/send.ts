/** Puts an answer on the wire. */
import type { ServerResponse } from "node:http"
import type { Answer } from "./Answer.ts"

/** With `truncateTo`, the connection is cut after so many bytes of the body. */
export const send = (
  response: ServerResponse,
  method: string,
  answer: Answer,
  truncateTo: number | undefined
): void => {
  const body = Buffer.from(answer.body as Uint8Array)
  const bodiless = answer.status === 204 || answer.status === 304
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(!bodiless && { "content-length": answer.headers["content-length"] ?? String(body.length) })
  })
  if (truncateTo !== undefined) response.write(body.subarray(0, truncateTo), () => response.destroy())
  else if (bodiless || method === "HEAD") response.end()
  else response.end(body)
}
