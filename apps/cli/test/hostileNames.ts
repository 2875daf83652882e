/**
 * Names of files that programs mistake for something else: bytes that are no text, options, escapes, and controls.
 */
export const hostile = [
  Buffer.from([0x66, 0xff, 0xfe]),
  Buffer.from("new\nline"),
  Buffer.from(" leading and trailing. "),
  Buffer.from("‛‛quote"),
  Buffer.from("-r"),
  Buffer.from("%2e%2e"),
  Buffer.from("CON"),
  Buffer.from("back\\slash:colon"),
  Buffer.from("\u202Egnp.exe")
]
