/** What a behaviour says, and the evidence for it. */
export type Behaviour =
  /** The vendor's own client ran it, or we believe it. */
  | { readonly evidence: "vendor-validated" | "assumed"; readonly rule: string }
  /** The vendor's page says it, or somebody recorded the vendor's answer, at this address. */
  | { readonly evidence: "documented" | "recorded"; readonly rule: string; readonly source: string }

export const validated = (rule: string) => ({ evidence: "vendor-validated", rule }) as const
export const assumed = (rule: string) => ({ evidence: "assumed", rule }) as const

/** `source` is a page of the service's documentation. */
export const documented = (source: string, rule: string) =>
  ({ evidence: "documented", rule, source: `https://cloud.google.com/storage/docs/${source}` }) as const

/** `source` is an issue or a pull request. */
export const recorded = (source: string, rule: string) =>
  ({ evidence: "recorded", rule, source: `https://github.com/${source}` }) as const

/** Of Google's identity platform. */
export const identified = (source: string, rule: string) =>
  ({
    evidence: "documented",
    rule,
    source: `https://developers.google.com/identity/protocols/oauth2${source}`
  }) as const

/** Of a standard. */
export const standard = (number: number, rule: string) =>
  ({ evidence: "documented", rule, source: `https://www.rfc-editor.org/rfc/rfc${number}` }) as const
