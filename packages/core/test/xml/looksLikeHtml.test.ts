import { assert, describe, it } from "@effect/vitest"
import { looksLikeHtml, looksLikeXml } from "../../src/xml/looksLikeHtml.ts"

const kinds = (text: string) => {
  const bytes = new TextEncoder().encode(text)
  return { html: looksLikeHtml(bytes), xml: looksLikeXml(bytes) }
}

describe("looksLikeHtml", () => {
  it.each([
    "<!DOCTYPE html><html></html>",
    "<!doctype HTML PUBLIC",
    "\ufeff\r\n <html lang=en>",
    `<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">`,
    `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>`,
    `<!-- ${"x".repeat(1000)} --> <HTML>`,
    "<head><title>502 Bad Gateway</title></head>",
    "<script>location.href='/login'</script>"
  ])("%s is a web page", (text) => {
    assert.deepStrictEqual(kinds(text), { html: true, xml: false })
  })

  it.each([
    `<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>`,
    "<ListBucketResult/>",
    "<!-- html --><Error/>",
    "<htmlish/>",
    "<s:List/>",
    "<!DOCTYPE x><x/>"
  ])("%s is XML", (text) => {
    assert.deepStrictEqual(kinds(text), { html: false, xml: true })
  })

  it.each(["", " ", "404 page not found", `{"error":"<html>"}`, "<", "< html>", "\0<Error/>"])(
    "%j is neither",
    (text) => {
      assert.deepStrictEqual(kinds(text), { html: false, xml: false })
    }
  )
})
