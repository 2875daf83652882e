/** A file of the tree, as the rules see it. */
export interface SourceFile {
  /** From the root of the repository, with slashes. */
  readonly path: string
  readonly text: string
}

/** One place where the tree is not as agreed. */
export interface Violation {
  readonly path: string
  readonly line?: number
  readonly rule: string
  readonly detail: string
}

/** A rule over one file. Pure, so that each is tested with a text that breaks it. */
export type FileRule = (file: SourceFile) => ReadonlyArray<Violation>

/** A rule over the whole tree. */
export type TreeRule = (files: ReadonlyArray<SourceFile>) => ReadonlyArray<Violation>

/** The workspace folder of a path: `packages/core`. */
export const workspaceOf = (path: string): string => path.split("/").slice(0, 2).join("/")

/** Whether a path is published source. */
export const isSource = (path: string): boolean => /^(packages|apps)\/[^/]+\/src\/.*\.ts$/.test(path)

/** The text without comments and with line breaks kept, so that rules look at code only. */
export const codeOf = (text: string): string =>
  text
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, " "))
    .replaceAll(/(^|[^:"'`])\/\/[^\n]*/g, "$1")

/** The line of an offset, counted from 1. */
export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length
