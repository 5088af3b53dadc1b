// A certificate that nobody vouches for, valid for one day in the past, with its key: for tests of refused connections only.

export const selfSignedKey = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEICVDC+KYFPcUbRtlYmbsSkl4JPmv/Is5/U6QqPmQ49W5oAoGCCqGSM49
AwEHoUQDQgAE7bYyur95/u7nFoxMxioChv1uzIE+9le6EqrAh8JhHjMjspyz6uSL
DbDOGnTdMx7qAfDn32utmTBHGkt5TUJNbg==
-----END EC PRIVATE KEY-----
`;

export const selfSignedCertificate = `-----BEGIN CERTIFICATE-----
MIIBfTCCASOgAwIBAgIUAWlFmrXQHYRRVnIvPIlVyCWig44wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MB4XDTI2MTEyNDExNTkzNFoXDTI2MTEyNTEx
NTkzNFowFDESMBAGA1UEAwwJbG9jYWxob3N0MFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAE7bYyur95/u7nFoxMxioChv1uzIE+9le6EqrAh8JhHjMjspyz6uSLDbDO
GnTdMx7qAfDn32utmTBHGkt5TUJNbqNTMFEwHQYDVR0OBBYEFPguQDx5+eVgwODU
MAsMgw4+4oDfMB8GA1UdIwQYMBaAFPguQDx5+eVgwODUMAsMgw4+4oDfMA8GA1Ud
EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgZBryJKbSlY0cKh6Gj+JTi+uJ
wUsXG4nSTwum+IbfCRMCIQC0xnGZBvQPStN3p94TsRhp82FNMj6hfjMNdO7D6eZb
eg==
-----END CERTIFICATE-----
`;
