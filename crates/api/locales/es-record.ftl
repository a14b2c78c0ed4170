### Las palabras que dice Rust, como en en-record.ftl.
