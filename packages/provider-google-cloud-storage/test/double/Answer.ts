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

export const jsonAnswer = (value: unknown, headers: Readonly<Record<string, string>> = {}, status = 200): Answer => ({
  status,
  headers: { "content-type": "application/json; charset=UTF-8", ...headers },
  body: JSON.stringify(value)
})
