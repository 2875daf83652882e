/**
 * Where rclone 1.60.1 and Mooring take a name for another, and why.
 *
 * Mooring's path stands for the bytes of a name. rclone takes a file on Linux for the encoded form of a name, with U+201B
 * as the quote, U+2400 for NUL, U+FF0F for a slash, and U+FF0E for the dots of `.` and `..`.
 */

/** A name, what becomes of it on the way, and why. */
export interface Difference {
  readonly name: string
  /** The name at the other end; undefined if none arrives. */
  readonly becomes: string | undefined
  readonly reason: string
}

const difference = (name: string, becomes: string | undefined, reason: string): Difference => ({
  name,
  becomes,
  reason
})

const loneQuote = "rclone looks for the file under the name with the quote doubled, and does not find it"
const unquotes = "rclone takes the quote away, since it takes the file for an encoded name"
const decodes = "rclone takes the file for an encoded name"

/** A file that rclone uploads, and the name under which Mooring finds it. */
export const uploadDifferences: ReadonlyArray<Difference> = [
  difference("\u201b", undefined, loneQuote),
  difference("lone\u201bquote", undefined, loneQuote),
  difference("quote\u201bFF", undefined, loneQuote),
  difference("quote\u201b\u201bFF", "quote\u201bFF", unquotes),
  difference("\u201b\u201b", "\u201b", unquotes),
  difference("nul\u2400", "nul\0", decodes),
  difference("nul\u201b\u2400", "nul\u2400", unquotes),
  difference("\uff0e", ".", decodes),
  difference("\uff0e\uff0e", "..", decodes),
  difference("\u201b\uff0e", "\uff0e", unquotes),
  difference("\u201b\uff0e\u201b\uff0e", "\uff0e\uff0e", unquotes),
  difference("slash\u201b\u201b\uff0f", "slash\u201b\uff0f", unquotes)
]

/**
 * The stored form of a file's name that no path reaches: rclone tells a slash in a name from U+FF0F, which it quotes,
 * and no segment of Mooring holds a slash.
 */
export const unaddressableUpload = "slash\u201b\uff0f"

const quotes = "rclone quotes what it would otherwise decode"
const encodes = "no file has this name, so rclone encodes it"

/** An object that Mooring writes, and the file that rclone copies it to. */
export const downloadDifferences: ReadonlyArray<Difference> = [
  difference("\u201b", "\u201b\u201b", quotes),
  difference("lone\u201bquote", "lone\u201b\u201bquote", quotes),
  difference("quote\u201bFF", "quote\u201b\u201bFF", quotes),
  difference("nul\u2400", "nul\u201b\u2400", quotes),
  difference("\uff0e", "\u201b\uff0e", quotes),
  difference("\uff0e\uff0e", "\u201b\uff0e\u201b\uff0e", quotes),
  difference("slash\u201b\uff0f", "slash\u201b\u201b\uff0f", quotes),
  difference("nul\0", "nul\u2400", encodes),
  difference(".", "\uff0e", encodes),
  difference("..", "\uff0e\uff0e", encodes)
]

/** Objects whose names have an empty segment: rclone lists them, and asks for others, whose names have none. */
export const notCopied: ReadonlyArray<string> = ["/leading", "empty//segment", "trailing/"]

/**
 * Setups whose servers refuse to change the headers of an object that went up in parts if it is to be unchanged, and
 * why. Without that condition a change would give the headers of one state to the bytes of another.
 */
export const refusedChanges: Readonly<Record<string, string>> = {
  "swift-s3api": "it compares the ETag of the condition with the one of the manifest, which it shows nobody"
}

/** The name of an old version, its digits as zeros: what Mooring and rclone call it, and why they differ. */
export const versionDifferences: ReadonlyArray<Difference & { readonly shown: string }> = [
  {
    name: ".profile",
    shown: ".profile-v0000-00-00-000000-000",
    becomes: "-v0000-00-00-000000-000.profile",
    reason: "to rclone the whole name is an extension"
  },
  {
    name: "dotted.d/name",
    shown: "dotted.d/name-v0000-00-00-000000-000",
    becomes: "dotted-v0000-00-00-000000-000.d/name",
    reason: "rclone looks for the extension in the names of directories too"
  }
]
