/**
 * A refusal in the shape Azure Storage gives it.
 *
 * Source: https://learn.microsoft.com/rest/api/storageservices/status-and-error-codes2
 */
import { xmlAnswer, type Answer } from "./Answer.ts"
import { element, parent } from "./xml.ts"

/** Thrown anywhere in the double; becomes the answer. */
export class AzureFailure extends Error {
  readonly status: number
  readonly code: string
  /** More elements of the document. */
  readonly elements: Readonly<Record<string, string>>

  constructor(status: number, code: string, message: string, elements: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.elements = elements
  }
}

/** The XML error document; the server leaves the body out on HEAD. */
export const failureAnswer = ({ status, code, message, elements }: AzureFailure): Answer => {
  const further = Object.entries(elements).map(([name, value]) => element(name, value))
  const answer = xmlAnswer(parent("Error", [element("Code", code), element("Message", message), ...further]), status)
  return { ...answer, headers: { ...answer.headers, "x-ms-error-code": code } }
}

export const unauthenticated = (detail: string): AzureFailure =>
  new AzureFailure(403, "AuthenticationFailed", "Server failed to authenticate the request.", {
    AuthenticationErrorDetail: detail
  })

export const badHeader = (name: string, value: string): AzureFailure =>
  new AzureFailure(400, "InvalidHeaderValue", "The value for one of the HTTP headers is not in the correct format.", {
    HeaderName: name,
    HeaderValue: value
  })

export const badQuery = (name: string, value: string): AzureFailure =>
  new AzureFailure(400, "InvalidQueryParameterValue", "Value for one of the query parameters is invalid.", {
    QueryParameterName: name,
    QueryParameterValue: value
  })

export const missingHeader = (name: string): AzureFailure =>
  new AzureFailure(400, "MissingRequiredHeader", "An HTTP header that's mandatory for this request is not specified.", {
    HeaderName: name
  })

export const notMet = (status = 412, code = "ConditionNotMet"): AzureFailure =>
  new AzureFailure(status, code, "The condition specified using HTTP conditional header(s) is not met.")
