export type ChangeKind = "new" | "corrected" | "withdrawn";
