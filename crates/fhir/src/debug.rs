//! How what holds a record shows itself to programmers.

/// `Debug` of what holds somebody's record, so that no log and no panic quotes it: the fields that say which one it is,
/// and after `;` those of which only the length is shown.
#[macro_export]
macro_rules! debug_without_record {
    ($type:ident { $($shown:ident),* $(; $($counted:ident),*)? }) => {
        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($type))
                    $(.field(stringify!($shown), &self.$shown))*
                    $($(.field(stringify!($counted), &self.$counted.len()))*)?
                    .finish_non_exhaustive()
            }
        }
    };
}
