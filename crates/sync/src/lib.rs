//! One run: plan the questions, fetch, checkpoint, keep the ledger.
