export type TestKind = "result" | "vital";
