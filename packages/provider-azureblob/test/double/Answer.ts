/** What the double answers, before it is put on the wire. */
export interface Answer {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** Left out on the wire for HEAD, 204 and 304; its length is still told for HEAD. */
  readonly body: Uint8Array | string
}

export const empty = (status: number, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers,
  body: ""
})

/** Documents begin with the mark of byte order, as Azure's do. */
export const xmlAnswer = (body: string, status = 200): Answer => ({
  status,
  headers: { "content-type": "application/xml" },
  body: `\ufeff<?xml version="1.0" encoding="utf-8"?>${body}`
})
