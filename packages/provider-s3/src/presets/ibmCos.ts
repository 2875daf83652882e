/**
 * IBM Cloud Object Storage.
 */
import { base, bucketAcls, type Preset } from "./Preset.ts"

const places = [
  "us",
  "dal.us",
  "wdc.us",
  "sjc.us",
  "us-east",
  "us-south",
  "eu",
  "fra.eu",
  "mil.eu",
  "ams.eu",
  "eu-gb",
  "eu-de",
  "ap",
  "tok.ap",
  "hkg.ap",
  "seo.ap",
  "jp-tok",
  "au-syd",
  "ams03",
  "che01",
  "mel01",
  "osl01",
  "tor01",
  "seo01",
  "mon01",
  "mex01",
  "sjc04",
  "mil01",
  "hkg02",
  "par01",
  "sng01"
]

const locations = ["us", "us-east", "us-south", "eu", "eu-gb", "ap", "mel01", "tor01"]

const classes = ["standard", "vault", "cold", "flex"]

export const ibmCos: Preset = {
  ...base,
  // rclone found buckets in the path to work.
  pathStyle: true,
  // rclone found ListObjects to work.
  listVersion: 1,
  // rclone found that listings are better asked for without encoding-type.
  listUrlEncode: false,
  // rclone found that ETags of uploads in parts cannot be compared.
  multipartEtag: false,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false,
  // The private endpoints, which are reached within IBM Cloud alone, come after those for everybody.
  endpoints: ["", "private."].flatMap((network) =>
    places.map((place) => `s3.${network}${place}.cloud-object-storage.appdomain.cloud`)
  ),
  // A place and a storage class in one: buckets have classes here, not objects.
  locationConstraints: locations.flatMap((place) => classes.map((storageClass) => `${place}-${storageClass}`)),
  // rclone found none of the ACLs of bucket owners.
  acls: bucketAcls
}
