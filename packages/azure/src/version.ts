/**
 * The version of the protocol that is spoken: the header `x-ms-version`, and `sv` of signatures that we make.
 *
 * Source: https://learn.microsoft.com/rest/api/storageservices/versioning-for-the-azure-storage-services
 */
export const serviceVersion = "2022-11-02"
