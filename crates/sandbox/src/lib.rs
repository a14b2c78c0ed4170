//! A real SMART on FHIR server on loopback with several providers and one invented person.
