/**
 * The worked examples of Amazon's documentation of Signature Version 2, for `AKIAIOSFODNN7EXAMPLE`:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html
 *
 * Two of them contradict the page and are here as they were signed. "Delete" sends `x-amz-date`, which by the page's
 * own rule is signed under its name; its signature is that of a request with this time as `Date`. The link was signed
 * when the bucket was called johnsmith, and kept its signature when the page renamed the bucket.
 */
export const documentedSignaturesV2 = [
  {
    title: "Object GET",
    method: "GET",
    hostBucket: "awsexamplebucket1",
    path: "/photos/puppy.jpg",
    date: "Tue, 27 Mar 2007 19:36:42 +0000",
    headers: {},
    signature: "qgk2+6Sv9/oM7G3qLEjTH1a1l1g="
  },
  {
    title: "Object PUT",
    method: "PUT",
    hostBucket: "awsexamplebucket1",
    path: "/photos/puppy.jpg",
    date: "Tue, 27 Mar 2007 21:15:45 +0000",
    headers: { "Content-Type": "image/jpeg", "Content-Length": "94328" },
    signature: "iqRzw+ileNPu1fhspnRs8nOjjIA="
  },
  {
    title: "List",
    method: "GET",
    hostBucket: "awsexamplebucket1",
    path: "/?prefix=photos&max-keys=50&marker=puppy",
    date: "Tue, 27 Mar 2007 19:42:41 +0000",
    headers: { "User-Agent": "Mozilla/5.0" },
    signature: "m0WP8eCtspQl5Ahe6L1SozdX9YA="
  },
  {
    title: "Fetch",
    method: "GET",
    hostBucket: "awsexamplebucket1",
    path: "/?acl",
    date: "Tue, 27 Mar 2007 19:44:46 +0000",
    headers: {},
    signature: "82ZHiFIjc+WbcwFKGUVEQspPn+0="
  },
  {
    title: "Delete",
    method: "DELETE",
    hostBucket: undefined,
    path: "/awsexamplebucket1/photos/puppy.jpg",
    date: "Tue, 27 Mar 2007 21:20:26 +0000",
    headers: { "User-Agent": "dotnet" },
    signature: "XbyTlbQdu9Xw5o8P4iMwPktxQd8="
  },
  {
    title: "Upload",
    method: "PUT",
    hostBucket: "static.awsexamplebucket1.net",
    path: "/db-backup.dat.gz",
    date: "Tue, 27 Mar 2007 21:06:08 +0000",
    headers: {
      "User-Agent": "curl/7.15.5",
      "x-amz-acl": "public-read",
      "content-type": "application/x-download",
      "Content-MD5": "4gJE4saaMU4BqNR0kLY+lw==",
      "X-Amz-Meta-ReviewedBy": "joe@awsexamplebucket1.net,jane@awsexamplebucket1.net",
      "X-Amz-Meta-FileChecksum": "0x02661779",
      "X-Amz-Meta-ChecksumAlgorithm": "crc32",
      "Content-Disposition": "attachment; filename=database.dat",
      "Content-Encoding": "gzip",
      "Content-Length": "5913339"
    },
    signature: "dKZcB+bz2EPXgSdXZp9ozGeOM4I="
  },
  {
    title: "List all my buckets",
    method: "GET",
    hostBucket: undefined,
    path: "/",
    date: "Wed, 28 Mar 2007 01:29:59 +0000",
    headers: {},
    signature: "qGdzdERIC03wnaRNKh6OqZehG9s="
  },
  {
    title: "Unicode keys",
    method: "GET",
    hostBucket: undefined,
    path: "/dictionary/fran%C3%A7ais/pr%c3%a9f%c3%a8re",
    date: "Wed, 28 Mar 2007 01:49:49 +0000",
    headers: {},
    signature: "DNEZGsoieTZ92F3bUfSPQcbGmlM="
  }
] as const

/** Ends at `expires`, in seconds since 1970. */
export const documentedLinkV2 = {
  hostBucket: "johnsmith",
  path: "/photos/puppy.jpg",
  expires: 1_175_139_620,
  signature: "NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D"
} as const
