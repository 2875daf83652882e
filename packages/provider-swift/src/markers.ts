/**
 * Markers of directories: objects without bytes that stand for one.
 */

/**
 * What clients of Swift give to such objects
 * (https://docs.openstack.org/swift/latest/api/pseudo-hierarchical-folders-directories.html).
 */
const directoryType = /^application\/directory\b/

/** Whether an object without a slash at its end is the marker of a directory of its name. */
export const isDirectoryMarker = (size: number | undefined, contentType: string | undefined): boolean =>
  size === 0 && directoryType.test(contentType ?? "")
