//! Files people are handed by portals: FHIR bundles, NDJSON and folders of them.
