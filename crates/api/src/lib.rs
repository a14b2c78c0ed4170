//! The command list, the wire types, the error codes and the Host trait.
