/**
 * The two names that no file can have, `.` and `..`, and what stands for them: their full-width forms, as in rclone. A
 * file that really has such a form is told apart by a U+201B before it, one more for each that is there already, so
 * that every name of a file is the name of one object and the other way round.
 */
const forms: Readonly<Record<string, string>> = { ".": "\uff0e", "..": "\uff0e\uff0e" }
const dots: Readonly<Record<string, string>> = { "\uff0e": ".", "\uff0e\uff0e": ".." }
const quoted = /^\u201b*\uff0e{1,2}$/

/** The name of the file for the name of an object. */
export const fileOfDots = (name: string): string => forms[name] ?? (quoted.test(name) ? `\u201b${name}` : name)

/** The name of the object for the name of a file. */
export const dotsOfFile = (file: string): string => dots[file] ?? (quoted.test(file) ? file.slice(1) : file)
