//! Work on the store off the async threads.

use std::sync::Arc;

use wholechart_store::{Store, StoreError};

/// The store blocks; the network must not wait for it.
pub(crate) async fn blocking<T: Send + 'static>(
    store: &Arc<Store>,
    work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let store = Arc::clone(store);
    tokio::task::spawn_blocking(move || work(&store)).await.unwrap_or(Err(StoreError::Panicked))
}
