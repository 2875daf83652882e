/**
 * A refusal in the shape that the JSON API gives it, or the XML API where a signed URL asked.
 *
 * Source: https://cloud.google.com/storage/docs/json_api/v1/status-codes
 */
import { jsonAnswer, type Answer } from "./Answer.ts"

export interface RefusalDetails {
  /** Which header or parameter is to blame. */
  readonly location?: readonly [type: "header" | "parameter", name: string]
  readonly headers?: Readonly<Record<string, string>>
  /** The code of the XML API. */
  readonly code?: string
  /** In plain text, as the part of the service answers that takes bytes. */
  readonly text?: true
  /** The status of services other than storage, which name no reason. */
  readonly rpc?: string
}

/** Thrown anywhere in the double; becomes the answer. */
export class Refusal extends Error {
  readonly status: number
  readonly reason: string
  readonly details: RefusalDetails

  constructor(status: number, reason: string, message: string, details: RefusalDetails = {}) {
    super(message)
    this.status = status
    this.reason = reason
    this.details = details
  }
}

/** In JSON. */
export const refusalAnswer = ({ status, reason, message, details }: Refusal): Answer => {
  const { location, headers } = details
  const place = location === undefined ? {} : { locationType: location[0], location: location[1] }
  if (details.rpc !== undefined)
    return jsonAnswer({ error: { code: status, message, status: details.rpc } }, headers, status)
  const errors = [{ message, domain: "global", reason, ...place }]
  return jsonAnswer({ error: { code: status, message, errors } }, headers, status)
}

/** In plain text. */
export const textAnswer = ({ status, message, details }: Refusal): Answer => ({
  status,
  headers: { "content-type": "text/html; charset=UTF-8", ...details.headers },
  body: message
})

const codes: Readonly<Record<number, string>> = {
  400: "InvalidArgument",
  401: "AuthenticationRequired",
  403: "AccessDenied",
  404: "NoSuchKey",
  412: "PreconditionFailed",
  416: "InvalidRange"
}

const escapeXml = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")

/** In XML. */
export const xmlAnswer = ({ status, message, details }: Refusal): Answer => ({
  status,
  headers: { "content-type": "application/xml; charset=UTF-8", ...details.headers },
  body:
    `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${details.code ?? codes[status] ?? "InternalError"}</Code>` +
    `<Message>${escapeXml(message)}</Message></Error>`
})

export const invalid = (message: string): Refusal => new Refusal(400, "invalid", message)

/** A chunk that does not fit. */
export const invalidChunk = (message: string): Refusal => new Refusal(400, "invalid", message, { text: true })

/** A parameter with a value that it cannot have. */
export const invalidParameter = (name: string, value: string): Refusal =>
  new Refusal(400, "invalidParameter", `Invalid value '${value}' for the parameter ${name}.`, {
    location: ["parameter", name]
  })

export const required = (name: string): Refusal =>
  new Refusal(400, "required", `Required parameter: ${name}`, { location: ["parameter", name] })

export const notFound = (message: string, code = "NoSuchKey"): Refusal =>
  new Refusal(404, "notFound", message, { code })

/** Something the double does not know: it never ignores what it was asked. */
export const unknown = (what: string): Refusal => new Refusal(400, "invalid", `The double does not know ${what}.`)
