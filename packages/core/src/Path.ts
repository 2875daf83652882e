/**
 * Where something is: a list of segments, with one lossless codec to text.
 *
 * `[]` is the root and the only path whose text is empty. A segment is well-formed text and may be empty, so `a//b`
 * is three segments; dots mean nothing, so `a/../b` is three segments too and never becomes `b`. A segment stands for
 * bytes: one that is not valid UTF-8 is written `‛XX` and a literal `‛` is doubled (see `encoding/surrogateEscape.ts`).
 */
import * as Result from "effect/Result"
import { StorageError } from "./StorageError.ts"

export type Path = ReadonlyArray<string>

const invalid = (detail: string) => Result.fail(StorageError.of("invalid_name", detail))

/** The path that a text names. Fails with `invalid_name` if the text is not well-formed Unicode. */
const fromText = (text: string): Result.Result<Path, StorageError> => {
  if (!text.isWellFormed()) return invalid("the path is not well-formed Unicode")
  return Result.succeed(text === "" ? [] : text.split("/"))
}

/** The text of a path. Fails with `invalid_name` for `[""]`, a slash in a segment, or a lone surrogate. */
const toText = (path: Path): Result.Result<string, StorageError> => {
  if (path.length === 1 && path[0] === "") return invalid("a path of one empty segment has no text")
  if (path.some((segment) => segment.includes("/"))) return invalid("a segment of a path holds a slash")
  if (path.some((segment) => !segment.isWellFormed())) return invalid("the path is not well-formed Unicode")
  return Result.succeed(path.join("/"))
}

/** The path of a text that is known to be well formed; a literal in code or a test. */
const of = (text: string): Path => Result.getOrThrow(fromText(text))

/** Text for a person; never fails, so it is not for looking anything up. */
const display = (path: Path): string => path.join("/").toWellFormed()

const startsWith = (path: Path, prefix: Path): boolean =>
  path.length >= prefix.length && prefix.every((segment, index) => path[index] === segment)

const equals = (left: Path, right: Path): boolean => left.length === right.length && startsWith(left, right)

export const Path = { fromText, toText, of, display, startsWith, equals }
