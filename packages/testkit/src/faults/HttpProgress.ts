/**
 * How far an HTTP/1.1 conversation on one connection is: whether a request waits for its answer, and where the head of
 * a message ends. Reads no more of HTTP than a proxy of tests needs: one message at a time, with a length or chunked.
 */
export interface MessageProgress {
  /** Takes the next bytes; says how many body bytes of the current message were seen with them. */
  readonly take: (bytes: Buffer) => number
  /** Whether the last message is whole. */
  readonly complete: () => boolean
}

const headEnd = Buffer.from("\r\n\r\n")
const lastChunk = Buffer.from("0\r\n\r\n")

/** How a message's body ends, from its head. */
const bodyLength = (head: string, answersHead: boolean): number | "chunked" | "close" => {
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1] ?? 0)
  if (answersHead || status === 204 || status === 304) return 0
  if (/^transfer-encoding:.*chunked/im.test(head)) return "chunked"
  const length = /^content-length:\s*(\d+)/im.exec(head)?.[1]
  if (length !== undefined) return Number(length)
  return status === 0 ? 0 : "close"
}

/** Follows the messages of one direction. `answersHead` says whether the current answer is to a HEAD request. */
export const followMessages = (answersHead: () => boolean = () => false): MessageProgress => {
  let head = Buffer.alloc(0)
  let expected: number | "chunked" | "close" | undefined
  let seen = 0
  let tail = Buffer.alloc(0)
  let whole = true
  const startOver = () => {
    head = Buffer.alloc(0)
    expected = undefined
    seen = 0
    tail = Buffer.alloc(0)
  }
  return {
    take: (bytes) => {
      if (whole) startOver()
      whole = false
      let body = bytes
      if (expected === undefined) {
        head = Buffer.concat([head, bytes])
        const end = head.indexOf(headEnd)
        if (end === -1) return 0
        const text = head.subarray(0, end).toString("latin1")
        body = head.subarray(end + headEnd.length)
        if (/^HTTP\/1\.1 1\d\d/.test(text)) {
          startOver()
          return 0
        }
        expected = bodyLength(text, answersHead())
      }
      seen += body.length
      tail = Buffer.concat([tail, body]).subarray(-lastChunk.length)
      whole = expected === "chunked" ? tail.equals(lastChunk) : expected !== "close" && seen >= expected
      return seen
    },
    complete: () => whole
  }
}
