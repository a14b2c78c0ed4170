//! SMART App Launch, OAuth 2.0 and reading FHIR over REST; vendors' manners are data.
