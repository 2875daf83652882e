/**
 * A refusal in the shape S3 gives it.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
import type { Answer } from "./Answer.ts"
import { document, element } from "./xml.ts"

export interface FailureDetails {
  /** Extra elements of the error document, such as `Region` or `ActualObjectSize`. */
  readonly elements?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

/** Thrown anywhere in the double; becomes the answer. */
export class S3Failure extends Error {
  readonly status: number
  readonly code: string
  readonly details: FailureDetails

  constructor(status: number, code: string, message: string, details: FailureDetails = {}) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
  }
}

/** The XML error document; the server leaves the body out on HEAD. */
export const failureAnswer = (failure: S3Failure, resource: string, requestId: string): Answer => ({
  status: failure.status,
  headers: { "content-type": "application/xml", ...failure.details.headers },
  body: document("Error", [
    element("Code", failure.code),
    element("Message", failure.message),
    ...Object.entries(failure.details.elements ?? {}).map(([name, value]) => element(name, value)),
    element("Resource", resource),
    element("RequestId", requestId),
    element("HostId", "double")
  ])
})

/** An argument S3 names in its refusal. */
export const invalidArgument = (name: string, value: string, message: string): S3Failure =>
  new S3Failure(400, "InvalidArgument", message, { elements: { ArgumentName: name, ArgumentValue: value } })

/** Something the double does not know: it never ignores what it was asked. */
export const notImplemented = (elements: Readonly<Record<string, string>>): S3Failure =>
  new S3Failure(501, "NotImplemented", "A header or parameter implies functionality that is not implemented", {
    elements
  })
