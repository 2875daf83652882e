/**
 * The kernel's list of mounts, `/proc/self/mountinfo` (proc_pid_mountinfo(5)).
 */

/** One mount. Of two at one point, the later is the one that is seen. */
export interface MountEntry {
  readonly point: string
  /** The type with its subtype, as `fuse.mooring`. */
  readonly type: string
  /** What was given as source, which FUSE calls `fsname`. */
  readonly source: string
}

/** The text of a field: space, tab, newline, backslash and hash are written as `\` and three octal digits. */
const unescaped = (field: string): string =>
  field.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8)))

/** The entries of a text of mountinfo. Optional fields end at a lone hyphen. */
export const mountEntries = (text: string): ReadonlyArray<MountEntry> =>
  text.split("\n").flatMap((line) => {
    const fields = line.split(" ")
    const end = fields.indexOf("-", 6)
    const [point, type, source] = [fields[4], fields[end + 1], fields[end + 2]]
    return end < 0 || point === undefined || type === undefined || source === undefined
      ? []
      : [{ point: unescaped(point), type: unescaped(type), source: unescaped(source) }]
  })

/** The mount that is seen at a point. */
export const mountAt = (text: string, point: string): MountEntry | undefined =>
  mountEntries(text).findLast((entry) => entry.point === point)

/** The point as a field of mountinfo has it. */
export const escaped = (point: string): string =>
  point.replace(/[ \t\n\\]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`)
