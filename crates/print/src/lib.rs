//! The summary as pages: one Typst layout for preview, printer and PDF.
