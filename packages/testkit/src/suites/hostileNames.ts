/**
 * Names that some client, server or filesystem takes for another name, and which.
 */

/** A name below a test's place. `neighbours` are the names that it must not become. */
export interface HostileName {
  readonly title: string
  readonly text: string
  readonly neighbours: ReadonlyArray<string>
}

const name = (title: string, text: string, ...neighbours: ReadonlyArray<string>): HostileName => ({
  title,
  text,
  neighbours
})

/** What clients, servers and filesystems are known to confuse, and the characters of rclone's encodings. */
export const hostileNames: ReadonlyArray<HostileName> = [
  name("two dots between slashes", "a/../b", "b"),
  name("a dot between slashes", "a/./b", "a/b"),
  name("a dot", "."),
  name("two dots", ".."),
  name("three dots", "..."),
  name("a leading dot segment", "./x", "x"),
  name("leading dot dot", "../x", "x"),
  name("trailing dot dot", "a/b/..", "a/c"),
  name("a doubled slash", "a//b", "a/b"),
  name("a leading slash", "/x", "x"),
  name("a trailing slash", "x/", "x"),
  name("a hidden name", ".hidden", "hidden"),
  name("a trailing dot", "name.", "name"),
  name("trailing dots in a directory", "dir../x", "dir/x"),
  name("a trailing space", "name ", "name"),
  name("a leading space", " name", "name"),
  name("only a space", " "),
  name("a trailing tab", "name\t", "name"),
  name("a line feed", "line\nfeed", "line", "linefeed", "line feed"),
  name("a trailing line feed", "name\n", "name"),
  name("a carriage return", "carriage\rreturn", "carriage", "carriagereturn"),
  name("a NUL", "nul\u0000end", "nul", "nulend"),
  name("a bell and an escape", "bell\u0007\u001b[31m", "bell", "bell[31m"),
  name("a delete", "delete\u007fx", "deletex"),
  name("what XML cannot hold", "not\ufffe\uffff", "not"),
  name("a line separator", "line\u2028separator", "lineseparator"),
  name("composed unicode (NFC)", "caf\u00e9", "cafe\u0301", "cafe"),
  name("decomposed unicode (NFD)", "cafe\u0301", "caf\u00e9", "cafe"),
  name("a compatibility ligature", "\ufb01le", "file"),
  name("upper case", "Name", "name", "NAME"),
  name("a dotless i", "d\u0131r", "dir"),
  name("a byte order mark", "\ufeffname", "name"),
  name("a zero-width space", "zero\u200bwidth", "zerowidth"),
  name("text from right to left", "\u202ename", "name"),
  name("beyond the basic plane", "smile \u{1f600}", "smile "),
  name("a doubled quote of the encoding", "quote\u201b\u201bFF", "quote\u201bFF", "quoteFF"),
  name("a byte that is not UTF-8", "byte\u201bFF", "byte\u201b\u201bFF", "byteFF", "byte\u00ff"),
  name("full-width punctuation", "\uff1c\uff1e\uff1a\uff02\uff5c\uff1f\uff0a", '<>:"|?*'),
  name("what full-width punctuation stands for", '<>:"|?*', "\uff1c\uff1e\uff1a\uff02\uff5c\uff1f\uff0a"),
  name("a full-width slash", "full\uff0fslash", "full/slash"),
  name("a full-width dot", "\uff0e"),
  name("the symbol for NUL", "nul\u2400", "nul"),
  name("the symbol for a space at the end", "name\u2420", "name ", "name"),
  name("a backslash", "back\\slash", "back/slash", "backslash"),
  name("an encoded slash", "percent%2Fslash", "percent/slash", "percent%2fslash"),
  name("an encoded encoded slash", "percent%252Fslash", "percent%2Fslash", "percent/slash"),
  name("encoded dots", "%2e%2e/x", "x"),
  name("an encoded letter", "%41", "A"),
  name("a percent sign", "100%", "100", "100%25"),
  name("a plus", "a+b", "a b", "a%2Bb"),
  name("a space", "a b", "a+b", "a%20b"),
  name("a question mark", "question?x=1", "question"),
  name("a number sign", "hash#x", "hash"),
  name("an ampersand", "amp&x=1", "amp"),
  name("a semicolon", "semicolon;v=1", "semicolon"),
  name("a colon", "colon:stream", "colon"),
  name("an equals sign and a comma", "a=b,c", "a", "a=b"),
  name("markup", "<a>&amp;</a>", "<a>&</a>"),
  name("quotes", 'it\'s "quoted" `so`', "its quoted so"),
  name("patterns", "[glob]*{a,b}", "g", "glob"),
  name("a tilde and a dollar", "~/$HOME", "HOME"),
  name("a device of Windows", "CON"),
  name("a segment of 255 bytes", "l".repeat(255), "l".repeat(254)),
  name("a segment of 255 bytes in two-byte letters", `${"\u00e9".repeat(127)}x`, "\u00e9".repeat(127))
]
