/**
 * Which of several ways to authenticate is in use, where the options of a backend ask for more than one.
 */

/** Names of options. */
export interface Authentication {
  /** Those that say who asks; none is anonymous. */
  readonly used: ReadonlyArray<string>
  /** Those of other ways that come later in the documented order. */
  readonly ignored: ReadonlyArray<string>
}

const joined = (names: ReadonlyArray<string>): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`

/** One sentence for a report; undefined where nothing is ignored. */
export const choiceOf = ({ used, ignored }: Authentication): string | undefined => {
  if (ignored.length === 0) return undefined
  const verb = (names: ReadonlyArray<string>) => (names.length === 1 ? "is" : "are")
  const chosen = used.length === 0 ? "no credentials are used" : `${joined(used)} ${verb(used)} used`
  return `${chosen}, ${joined(ignored)} ${verb(ignored)} ignored`
}
